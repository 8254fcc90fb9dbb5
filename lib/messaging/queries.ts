import { withinDays } from "@/lib/core/lists/day-filter";
import { Prisma } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
import { decodeTimeCursor, type Page, toPage } from "@/lib/core/paging";
import { type Query, readRows, readTogether } from "@/lib/core/statements/query";
import { contains } from "@/lib/core/values/search";
import { inScope, requirePermission, type Scope, type Tx } from "@/lib/merchants/scope";
import { wordsOf } from "./templates/stored";
import {
  type Contact,
  type EmailFacts,
  type HeldReason,
  MESSAGE_STATES,
  type MessageState,
  PROGRAM_EMAIL,
  type ShopOfEmails,
  type TemplateName,
} from "./schema";
import type { MessageFilter } from "./outbox-schema";

export type MessageRow = {
  id: string;
  template: TemplateName;
  customerId: string | null;
  recipient: string;
  locale: string;
  subject: string;
  state: MessageState;
  attempts: number;
  lastError: string | null;
  createdAt: Date;
  sentAt: Date | null;
  /** Of one that is held back. */
  heldReason: HeldReason | null;
  /** The email that said it, of one that was gathered. */
  digestId: string | null;
};

export type MessageBody = MessageRow & { text: string; html: string; nextTryAt: Date };

const ROW = {
  merchantId: true,
  id: true,
  template: true,
  customerId: true,
  recipient: true,
  locale: true,
  content: true,
  subject: true,
  text: true,
  html: true,
  state: true,
  nextTryAt: true,
  attempts: true,
  lastError: true,
  createdAt: true,
  sentAt: true,
  heldReason: true,
  digestId: true,
} as const;

/** The outbox, newest first. */
export async function listMessages(scope: Scope, filter: MessageFilter): Promise<Page<MessageRow>> {
  requirePermission(scope, "outbox.read");
  const where: Prisma.MessageWhereInput = { merchantId: scope.merchantId };
  if (filter.template) where.template = filter.template;
  if (filter.state) where.state = filter.state;
  if (filter.from || filter.to) where.AND = [{ createdAt: withinDays(filter, scope.timeZone) }];
  if (filter.recipient) where.recipient = contains(filter.recipient);
  if (filter.cursor) {
    const { at: createdAt, id } = decodeTimeCursor(filter.cursor);
    where.OR = [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }];
  }
  return inScope(scope, async ({ db }) => {
    const rows = await db.message.findMany({
      where,
      select: ROW,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: filter.limit + 1,
    });
    return toPage(rows.map(readMessage), filter.limit, (row) => [
      row.createdAt.toISOString(),
      row.id,
    ]);
  });
}

/**
 * One email with its text and HTML. The HTML is to be shown in a sandboxed frame. @throws
 * DomainError not_found
 */
export async function messageById(scope: Scope, id: string): Promise<MessageBody> {
  requirePermission(scope, "outbox.read");
  const row = await inScope(scope, ({ db }) =>
    db.message.findUnique({
      where: { merchantId_id: { merchantId: scope.merchantId, id } },
      select: ROW,
    }),
  );
  if (!row) throw notFound("message");
  return readMessage(row);
}

/** The emails that stand under these keys, oldest first: those about one referral, one reward. */
export async function messagesByCause(
  scope: Scope,
  causeKeys: readonly string[],
): Promise<MessageRow[]> {
  requirePermission(scope, "outbox.read");
  const rows = await inScope(scope, ({ db }) =>
    db.message.findMany({
      where: { merchantId: scope.merchantId, causeKey: { in: [...causeKeys] } },
      select: ROW,
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    }),
  );
  return rows.map(readMessage);
}

/** With its words, which are made now where it was not sent yet. */
function readMessage(row: Prisma.MessageGetPayload<{ select: typeof ROW }>): MessageBody {
  const { merchantId: _merchantId, content: _content, ...shown } = row;
  return { ...shown, ...wordsOf(row) } as MessageBody;
}

/** How many emails stand in each state. */
export async function messageCounts(scope: Scope): Promise<Record<MessageState, number>> {
  requirePermission(scope, "outbox.read");
  const groups = await inScope(scope, ({ db }) =>
    db.message.groupBy({
      by: ["state"],
      where: { merchantId: scope.merchantId },
      _count: { _all: true },
    }),
  );
  const count = (state: MessageState) =>
    groups.find((group) => group.state === state)?._count._all ?? 0;
  return Object.fromEntries(MESSAGE_STATES.map((state) => [state, count(state)])) as Record<
    MessageState,
    number
  >;
}

/** The shop of the transaction: one row. */
export function shopOfEmailsQuery({ merchantId }: Tx): Query<ShopOfEmails> {
  return {
    sql: Prisma.sql`
      SELECT name, accent_color AS "accentColor", shop_url AS "shopUrl",
        support_email AS "supportEmail", time_zone AS "timeZone",
        default_locale AS "defaultLocale"
      FROM merchant WHERE id = ${merchantId}`,
    row: (json) => json,
  };
}

/**
 * Those who may be written to, with the latest word of each on email about programs; who never said
 * anything is written to.
 * @param customerIds the customers, or a question that selects their ids
 */
export function contactsQuery(
  { merchantId }: Tx,
  customerIds: readonly string[] | Prisma.Sql,
): Query<Contact> {
  const ids =
    customerIds instanceof Prisma.Sql
      ? Prisma.sql`IN (${customerIds})`
      : Prisma.sql`= ANY(${[...customerIds]}::text[])`;
  return {
    sql: Prisma.sql`
      SELECT c.id AS "customerId", c.email, c.name, c.locale, COALESCE((
        SELECT n.granted FROM consent n
        WHERE n.merchant_id = c.merchant_id AND n.customer_id = c.id
          AND n.purpose = ${PROGRAM_EMAIL}
        ORDER BY n.at DESC, n.id DESC LIMIT 1
      ), true) AS "wantsEmail"
      FROM customer c WHERE c.merchant_id = ${merchantId} AND c.id ${ids}`,
    row: (json) => json,
  };
}

/**
 * The shop and these readers. Nothing of it is kept beyond what the caller hands on: a transaction
 * that changes who somebody is reads or states them anew.
 * @param known what the caller has read; only who is missing there is read now
 */
export async function emailFacts(
  tx: Tx,
  customerIds: readonly string[],
  known?: EmailFacts,
): Promise<EmailFacts> {
  const missing = [...new Set(customerIds)].filter((id) => !known?.contacts.has(id));
  if (known && missing.length === 0) return known;
  const { shop, contacts } = await readTogether(tx.db, {
    shop: shopOfEmailsQuery(tx),
    contacts: contactsQuery(tx, missing),
  });
  return emailFactsOf(shop, [...(known?.contacts.values() ?? []), ...contacts]);
}

/** Rows that were read with others. */
export function emailFactsOf(
  shop: readonly ShopOfEmails[],
  contacts: readonly Contact[],
): EmailFacts {
  return {
    shop: shop[0]!,
    contacts: new Map(contacts.map((contact) => [contact.customerId, contact])),
  };
}

/** Whether email about programs is sent to someone. */
export async function wantsProgramEmail(scope: Scope, customerId: string): Promise<boolean> {
  const [contact] = await inScope(scope, (tx) => readRows(tx.db, contactsQuery(tx, [customerId])));
  return contact?.wantsEmail ?? true;
}
