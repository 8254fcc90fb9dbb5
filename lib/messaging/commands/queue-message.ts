import { type Db, Prisma } from "@/lib/core/db";
import { asLocale } from "@/lib/core/i18n/locales";
import { newId } from "@/lib/core/id";
import { defineWrite, rowsAsJson } from "@/lib/core/statements/pending-writes";
import { systemNow } from "@/lib/core/time";
import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { emailFacts } from "../queries";
import { isProgramEmail, renderUserEmail } from "../templates/render";
import type { FrozenContent } from "../templates/stored";
import type { EmailFacts, QueueInput, TemplateName } from "../schema";
import type { UserTemplateData, UserTemplateName } from "../templates/member";

/**
 * Writes emails to customers with the transaction: they exist exactly when the facts that they
 * report do. The worker sends them later. Nothing is written for a cause that has its email, nor
 * about a program to who has unsubscribed.
 * @param known of the shop and the readers, as the transaction leaves them; who is missing is read
 */
export async function queueMessages(
  tx: Tx,
  inputs: readonly QueueInput[],
  known?: EmailFacts,
): Promise<void> {
  tx.later(writeMessages, ...(await rowsOf(tx, inputs, known)));
}

/**
 * The same for one email, at once.
 * @returns false when nothing was written: the cause has its email already, or the customer has
 * unsubscribed from program emails
 */
export async function queueMessage(scope: Scope, input: QueueInput): Promise<boolean> {
  return inScope(scope, async (tx) => {
    const rows = await rowsOf(tx, [input]);
    if (rows.length === 0) return false;
    const json = Prisma.sql`${rowsAsJson(rows)}::json`;
    return (await tx.db.$executeRaw(writeMessages.sql(json, tx.merchantId))) === 1;
  });
}

type Row = {
  id: string;
  causeKey: string;
  template: TemplateName;
  customerId: string | null;
  recipient: string;
  locale: string;
  content: FrozenContent;
  createdAt: Date;
  nextTryAt: Date;
};

const writeMessages = defineWrite<Row>({
  name: "messages",
  locks: null,
  // In the order of causes: of two transactions with the same ones, the second waits for the first.
  sql: (rows, merchantId) => Prisma.sql`
    INSERT INTO message (merchant_id, id, cause_key, template, customer_id, recipient, locale,
      content, state, created_at, next_try_at)
    SELECT ${merchantId}, id, "causeKey", template, "customerId", recipient, locale, content,
      'queued', "createdAt", "nextTryAt"
    FROM json_to_recordset(${rows}) AS n (id text, "causeKey" text, template text,
      "customerId" text, recipient text, locale text, content jsonb,
      "createdAt" timestamptz, "nextTryAt" timestamptz)
    ORDER BY "causeKey", id
    ON CONFLICT (merchant_id, cause_key) DO NOTHING RETURNING 1`,
});

async function rowsOf(tx: Tx, inputs: readonly QueueInput[], known?: EmailFacts): Promise<Row[]> {
  if (inputs.length === 0) return [];
  const customerIds = inputs.flatMap(({ customerId }) => customerId ?? []);
  const { shop, contacts } = await emailFacts(tx, customerIds, known);
  const { defaultLocale, ...sender } = shop;
  const [createdAt, nextTryAt] = [scopeNow(tx), systemNow()];
  return inputs.flatMap((input) => {
    const { causeKey, template, customerId, recipient, data, readerName = null } = input;
    const optional = isProgramEmail(template) && customerId !== null;
    if (optional && contacts.get(customerId)?.wantsEmail === false) return [];
    return [
      {
        id: newId("msg"),
        causeKey,
        template,
        customerId,
        recipient,
        locale: asLocale(input.locale ?? defaultLocale),
        content: { shop: sender, readerName, data },
        createdAt,
        nextTryAt,
      },
    ];
  });
}

/**
 * Writes an email to a user of the dashboard, in the transaction of `db`; no outbox shows it. Its
 * words are those of the language that the reader chose; English for who has no account yet.
 */
export async function queueUserMessage<T extends UserTemplateName>(
  db: Db,
  input: { template: T; recipient: string; data: UserTemplateData[T] },
): Promise<void> {
  const now = systemNow();
  const reader = await db.user.findUnique({
    where: { email: input.recipient },
    select: { locale: true },
  });
  await db.userMessage.create({
    data: {
      id: newId("msg"),
      recipient: input.recipient,
      template: input.template,
      ...renderUserEmail(input.template, input.data, asLocale(reader?.locale)),
      state: "queued",
      createdAt: now,
      nextTryAt: now,
    },
    select: { id: true },
  });
}
