import { Prisma, prismaFor } from "@/lib/core/db";
import { MINUTE_MS, systemNow } from "@/lib/core/time";
import { systemScope } from "@/lib/merchants/queries/directory";
import { inScope, type Scope } from "@/lib/merchants/scope";
import type { RenderedEmail } from "../templates/layout";
import { isProgramEmail } from "../templates/render";
import { type StoredEmail, wordsOf } from "../templates/stored";
import { MAX_ATTEMPTS, retryDelayMs } from "../rules/retries";
import type { TemplateName } from "../schema";
import { isRefusedRecipient, type OutgoingEmail, type SendEmail, smtpSender } from "./smtp";
import { oneClickUrl } from "../rules/unsubscribe-link";
import { sortDue } from "./sort-due";

export type DeliveryReport = { sent: number; kept: number; retried: number; failed: number };

/** What both tables of email have in common. */
type Claimed = { id: string; recipient: string; attempts: number };
type ClaimedMessage = Claimed & StoredEmail;

/** How a try ended; written to the row. */
type Outcome =
  | { state: "sent"; sentAt: Date; lastError: null }
  | { state: "failed"; lastError: string }
  | { state: "queued"; nextTryAt: Date; lastError: string };

const BATCH = 20;

/**
 * Longer than any try takes. When a process dies after claiming an email, it is tried again once
 * this has passed.
 */
const LEASE_MS = 10 * MINUTE_MS;

/**
 * Sends what is due: of users, and of each merchant, the one that has waited longest first; a few
 * of each, so that nobody waits for all of another's. Several workers may run it at once: each row
 * is claimed by one of them, once `sortDue` has let it go. After a crash an email may be sent twice
 * (with one Message-ID), but it is never lost. A sandbox's emails are kept, never sent.
 * @param send null keeps the email to be read in the dashboard
 */
export async function deliverDueMessages(
  send: SendEmail | null = smtpSender(),
): Promise<DeliveryReport> {
  const report: DeliveryReport = { sent: 0, kept: 0, retried: 0, failed: 0 };
  const due = await prismaFor("goodword_gate").message.groupBy({
    by: ["merchantId"],
    where: { state: "queued", nextTryAt: { lte: systemNow() } },
    _min: { nextTryAt: true },
    orderBy: { _min: { nextTryAt: "asc" } },
  });
  // Links by which somebody wants to come in now.
  await deliverToUsers(send, report);
  for (const { merchantId } of due) await deliverOf(await systemScope(merchantId), send, report);
  return report;
}

async function deliverOf(
  scope: Scope,
  send: SendEmail | null,
  report: DeliveryReport,
): Promise<void> {
  const { merchantId } = scope;
  // Test mode sends nothing, so it holds nothing back either.
  if (!scope.isSandbox) await sortDue(scope);
  if (send === null || scope.isSandbox) {
    report.kept += await inScope(scope, async ({ db }) => {
      const { count } = await db.message.updateMany({
        where: {
          merchantId,
          state: "queued",
          ...(!scope.isSandbox && { sortedAt: { not: null } }),
        },
        data: { state: "kept" },
      });
      return count;
    });
    return;
  }
  const shop = await inScope(scope, ({ db }) =>
    db.merchant.findUniqueOrThrow({
      where: { id: merchantId },
      select: { name: true, supportEmail: true },
    }),
  );
  for (const row of await claim(scope)) {
    const optional = row.customerId !== null && isProgramEmail(row.template as TemplateName);
    const words = wordsOf(row);
    const outcome = await attempt(send, row, words, {
      fromName: shop.name,
      replyTo: shop.supportEmail,
      oneClickUrl: optional ? oneClickUrl({ merchantId, customerId: row.customerId! }) : null,
    });
    count(report, outcome);
    const sent = outcome.state === "sent" ? asSent(row.template as TemplateName, words) : {};
    await inScope(scope, ({ db }) =>
      db.message.update({
        where: { merchantId_id: { merchantId, id: row.id } },
        data: { ...outcome, ...sent },
      }),
    );
  }
}

/** What is kept of an email that was sent: its words, whatever its template says later. */
function asSent(template: TemplateName, words: RenderedEmail) {
  // A link that lets its reader in is nobody's to read once it was sent.
  return { content: Prisma.DbNull, ...words, ...(isProgramEmail(template) ? {} : FORGOTTEN) };
}

const FORGOTTEN = {
  text: "The link was removed once this was sent.\n",
  html: "<p>The link was removed once this was sent.</p>",
};

async function claim(scope: Scope): Promise<ClaimedMessage[]> {
  const now = systemNow();
  return inScope(
    scope,
    ({ db }) => db.$queryRaw<ClaimedMessage[]>`
    UPDATE message SET attempts = attempts + 1, next_try_at = ${new Date(now.getTime() + LEASE_MS)}
    WHERE merchant_id = ${scope.merchantId} AND id IN (
      SELECT id FROM message
      WHERE merchant_id = ${scope.merchantId} AND state = 'queued' AND next_try_at <= ${now}
        AND sorted_at IS NOT NULL
      ORDER BY next_try_at, id LIMIT ${BATCH} FOR NO KEY UPDATE SKIP LOCKED)
    RETURNING merchant_id AS "merchantId", id, template, customer_id AS "customerId", recipient,
      locale, content, subject, text, html, attempts`,
  );
}

async function deliverToUsers(send: SendEmail | null, report: DeliveryReport): Promise<void> {
  const db = prismaFor("goodword_app");
  if (send === null) {
    const { count } = await db.userMessage.updateMany({
      where: { state: "queued" },
      data: { state: "kept" },
    });
    report.kept += count;
    return;
  }
  const now = systemNow();
  const batch = await db.$queryRaw<(Claimed & RenderedEmail)[]>`
    UPDATE user_message
    SET attempts = attempts + 1, next_try_at = ${new Date(now.getTime() + LEASE_MS)}
    WHERE id IN (
      SELECT id FROM user_message WHERE state = 'queued' AND next_try_at <= ${now}
      ORDER BY next_try_at, id LIMIT ${BATCH} FOR NO KEY UPDATE SKIP LOCKED)
    RETURNING id, recipient, subject, text, html, attempts`;
  for (const row of batch) {
    const outcome = await attempt(send, row, row, {
      fromName: null,
      replyTo: null,
      oneClickUrl: null,
    });
    count(report, outcome);
    await db.userMessage.update({
      where: { id: row.id },
      data: { ...outcome, ...(outcome.state === "sent" ? FORGOTTEN : {}) },
    });
  }
}

async function attempt(
  send: SendEmail,
  row: Claimed,
  { subject, text, html }: RenderedEmail,
  frame: Pick<OutgoingEmail, "fromName" | "replyTo" | "oneClickUrl">,
): Promise<Outcome> {
  const { id, recipient: to } = row;
  try {
    await send({ id, to, subject, text, html, ...frame });
    return { state: "sent", sentAt: systemNow(), lastError: null };
  } catch (error) {
    const lastError = (error instanceof Error ? error.message : String(error)).slice(0, 300);
    if (isRefusedRecipient(error) || row.attempts >= MAX_ATTEMPTS)
      return { state: "failed", lastError };
    return {
      state: "queued",
      nextTryAt: new Date(systemNow().getTime() + retryDelayMs(row.attempts)),
      lastError,
    };
  }
}

function count(report: DeliveryReport, outcome: Outcome): void {
  if (outcome.state === "sent") report.sent += 1;
  else if (outcome.state === "failed") report.failed += 1;
  else report.retried += 1;
}
