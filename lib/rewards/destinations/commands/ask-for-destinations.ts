import type { z } from "zod";
import { Prisma } from "@/lib/core/db";
import { asLocale } from "@/lib/core/i18n/locales";
import { translator } from "@/lib/core/i18n/translator";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, type Tx } from "@/lib/merchants/scope";
import { queueMessages } from "@/lib/messaging/commands/queue-message";
import { emailFacts } from "@/lib/messaging/queries";
import { amountWords } from "@/lib/terms/words/amounts";
import { chosenPayable, PAYABLE_MINOR } from "../../payouts/queries/payable";
import type { PayableFilter } from "../../payouts/schema";
import { askedKey, leftOutReason, WITH_DESTINATION } from "../queries/left-out";
import type { askSchema, LeftOutReason } from "../schema";

/** How many are asked in one go. */
const MOST_ASKED = 1_000;

type Asked = {
  customerId: string;
  programId: string;
  minor: bigint;
  reason: LeftOutReason;
  causeKey: string;
};

/**
 * Asks those by email who would be in a payout of this filter, were it known where their cash goes.
 * Nobody is asked twice for the same.
 * @returns how many emails were written
 */
export async function askForDestinations(
  scope: Scope,
  filter: z.infer<typeof askSchema>,
): Promise<{ asked: number }> {
  requirePermission(scope, "payout.manage");
  return inScope(scope, async (tx) => {
    const asked = await askForDetails(tx, filter);
    if (asked > 0)
      await recordAudit(tx, {
        action: "payout_details.ask",
        subjectType: "payout",
        subjectId: tx.merchantId,
        summary: `Asked ${asked === 1 ? "1 customer" : `${asked} customers`} for payout details`,
        detail: { asked },
      });
    return { asked };
  });
}

/** The same as a part of what a payout is prepared with. */
export async function askForDetails(tx: Tx, filter: PayableFilter): Promise<number> {
  const left = await tx.db.$queryRaw<Asked[]>`
    WITH who AS (
      SELECT r.merchant_id, r.customer_id, min(r.program_id) AS program_id,
        sum(${PAYABLE_MINOR})::bigint AS minor, ${leftOutReason(tx)} AS reason
      FROM reward r ${WITH_DESTINATION}
      WHERE r.merchant_id = ${tx.merchantId} AND r.id IN (${chosenPayable(tx, filter)})
      GROUP BY r.merchant_id, r.customer_id, d.merchant_id, d.id
    ), asked AS (
      SELECT r.*, ${askedKey(Prisma.sql`r.customer_id`, Prisma.sql`r.reason`)} AS key
      FROM who r WHERE r.reason IN ('missing', 'unreadable', 'not_allowed')
    )
    SELECT customer_id AS "customerId", program_id AS "programId", minor, reason, key AS "causeKey"
    FROM asked a WHERE NOT EXISTS (SELECT FROM message m
      WHERE m.merchant_id = a.merchant_id AND m.cause_key = a.key)
    ORDER BY customer_id LIMIT ${MOST_ASKED}`;
  return left.length === 0 ? 0 : queueQuestions(tx, left);
}

async function queueQuestions(tx: Tx, left: readonly Asked[]): Promise<number> {
  const facts = await emailFacts(
    tx,
    left.map(({ customerId }) => customerId),
  );
  const programs = await tx.db.program.findMany({
    where: { merchantId: tx.merchantId, id: { in: left.map(({ programId }) => programId) } },
    select: { id: true, name: true, slug: true },
  });
  const emails = left.flatMap(({ customerId, programId, minor, reason, causeKey }) => {
    const contact = facts.contacts.get(customerId);
    if (!contact?.email || !contact.wantsEmail) return [];
    const { name, slug } = programs.find(({ id }) => id === programId)!;
    const locale = asLocale(contact.locale ?? facts.shop.defaultLocale);
    return [
      {
        template: "payout_needed" as const,
        causeKey,
        customerId,
        recipient: contact.email,
        locale,
        data: {
          programName: name,
          programSlug: slug,
          amount: amountWords(translator(locale), { minor, asset: tx.asset }, locale),
          isFirst: reason === "missing",
        },
      },
    ];
  });
  await queueMessages(tx, emails, facts);
  return emails.length;
}
