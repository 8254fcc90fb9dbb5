import type { Db } from "@/lib/core/db";
import { asLocale } from "@/lib/core/i18n/locales";
import { newId } from "@/lib/core/id";
import { systemNow } from "@/lib/core/time";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { wantsProgramEmail } from "../queries";
import { isProgramEmail, renderCustomerEmail, renderUserEmail } from "../templates/render";
import type { TemplateData, TemplateName, UserTemplateData, UserTemplateName } from "../schema";
import { unsubscribeUrl } from "../rules/unsubscribe-link";

export type QueueInput<T extends TemplateName> = {
  /** What the email is about; a second email for the same cause is not written. */
  causeKey: string;
  template: T;
  /** Null only for a person who is no customer yet. */
  customerId: string | null;
  recipient: string;
  /** The reader's language; null takes the shop's. */
  locale: string | null;
  /** How the reader is called. */
  readerName?: string | null;
  data: TemplateData[T];
};

/**
 * Writes an email to a customer in the caller's transaction: it exists exactly when the fact that
 * it reports does. The worker sends it later.
 * @returns false when nothing was written: the cause has its email already, or the customer has
 * unsubscribed from program emails
 */
export async function queueMessage<T extends TemplateName>(
  scope: Scope,
  input: QueueInput<T>,
): Promise<boolean> {
  return inScope(scope, async (db, scope) => {
    const { merchantId } = scope;
    const { template, customerId } = input;
    const optional = isProgramEmail(template) && customerId !== null;
    if (optional && !(await wantsProgramEmail(scope, customerId))) return false;
    const shop = await db.merchant.findUniqueOrThrow({
      where: { id: merchantId },
      select: {
        name: true,
        accentColor: true,
        shopUrl: true,
        supportEmail: true,
        timeZone: true,
        defaultLocale: true,
      },
    });
    const locale = asLocale(input.locale ?? shop.defaultLocale);
    const rendered = renderCustomerEmail({
      template,
      data: input.data,
      locale,
      shop,
      readerName: input.readerName ?? null,
      unsubscribeUrl: optional ? unsubscribeUrl({ merchantId, customerId }) : null,
    });
    const { count } = await db.message.createMany({
      data: [
        {
          merchantId,
          id: newId("msg"),
          causeKey: input.causeKey,
          template,
          customerId,
          recipient: input.recipient,
          locale,
          ...rendered,
          state: "queued",
          createdAt: scopeNow(scope),
          nextTryAt: systemNow(),
        },
      ],
      skipDuplicates: true,
    });
    return count === 1;
  });
}

/**
 * Writes an email to a user of the dashboard, in the transaction of `db`; no outbox shows it.
 */
export async function queueUserMessage<T extends UserTemplateName>(
  db: Db,
  input: { template: T; recipient: string; data: UserTemplateData[T] },
): Promise<void> {
  const now = systemNow();
  await db.userMessage.create({
    data: {
      id: newId("msg"),
      recipient: input.recipient,
      template: input.template,
      ...renderUserEmail(input.template, input.data),
      state: "queued",
      createdAt: now,
      nextTryAt: now,
    },
  });
}
