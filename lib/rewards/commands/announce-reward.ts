import { isInPoints } from "@/lib/terms/kinds/benefits";
import { isFrequent } from "@/lib/terms/kinds/triggers";
import { asLocale, type Locale } from "@/lib/core/i18n/locales";
import { type Translate, translator } from "@/lib/core/i18n/translator";
import type { Asset, Money } from "@/lib/core/money";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { queueMessage } from "@/lib/messaging/commands/queue-message";
import { amountWords } from "@/lib/terms/words/amounts";
import { worthWords } from "@/lib/terms/words/promises";
import {
  frozenTermsSchema,
  isProductReason,
  reversalReasonOf,
  type ReversalReason,
} from "../schema";

const ANNOUNCEMENTS = [
  "reward_held",
  "reward_available",
  "reward_given",
  "reward_expiring",
  "reward_reversed",
] as const;
type Announcement = (typeof ANNOUNCEMENTS)[number];

/** The keys under which emails about steps of a reward may stand in the outbox. */
export function announcementKeys(rewardId: string, stepIds: readonly string[]): string[] {
  return stepIds.flatMap((stepId) =>
    ANNOUNCEMENTS.map((template) => announcementKey(template, rewardId, stepId)),
  );
}

function announcementKey(template: Announcement, rewardId: string, stepId: string): string {
  return `${template}:${rewardId}:${stepId}`;
}

type Row = {
  email: string | null;
  locale: string | null;
  customerId: string;
  programName: string;
  programSlug: string;
  defaultLocale: string;
  terms: unknown;
  amountMinor: bigint | null;
  asset: Asset | null;
  heldUntil: Date;
  expiresAt: Date | null;
  couponCode: string | null;
  state: string;
  reason: string;
  reversalReason: ReversalReason | null;
  note: string | null;
  stepId: string;
  stepAmountMinor: bigint | null;
};

/** What an email about a reward is made from. */
type Facts = { row: Row; amount: Money | null; t: Translate; locale: Locale };

/**
 * Emails the owner of a reward what happened to it, in their language. The email is queued in the
 * transaction of the step that it is about. Owners without an email address see it on their page.
 * @param leftMinor what is left of a balance, where that is less than was granted
 */
export async function announceReward(
  scope: Scope,
  rewardId: string,
  template: Announcement,
  { leftMinor }: { leftMinor?: bigint } = {},
): Promise<void> {
  await inScope(scope, async (_db, scope) => {
    const row = await readRow(scope, rewardId);
    if (!row?.email) return;
    const { benefit, on } = frozenTermsSchema.parse(row.terms);
    if (isInPoints(benefit) && isFrequent(on) && template !== "reward_expiring") return;
    const locale = asLocale(row.locale ?? row.defaultLocale);
    const t = translator(locale);
    const amount =
      row.amountMinor === null || row.asset === null
        ? null
        : { minor: leftMinor ?? row.amountMinor, asset: row.asset };
    const about = {
      programName: row.programName,
      programSlug: row.programSlug,
      rewardId,
      benefit: worthWords(t, benefit, amount, locale),
    };
    const message = {
      causeKey: announcementKey(template, rewardId, row.stepId),
      customerId: row.customerId,
      recipient: row.email,
      locale,
    };
    const { heldUntil, couponCode, expiresAt, note } = row;
    switch (template) {
      case "reward_held":
        await queueMessage(scope, { ...message, template, data: { ...about, heldUntil } });
        return;
      case "reward_available":
        await queueMessage(scope, {
          ...message,
          template,
          data: { ...about, couponCode, expiresAt },
        });
        return;
      case "reward_given":
        await queueMessage(scope, { ...message, template, data: { ...about, note } });
        return;
      case "reward_expiring": {
        if (expiresAt === null) return;
        const data = { ...about, expiresAt, couponCode, waits: row.state === "available" };
        await queueMessage(scope, { ...message, template, data });
        return;
      }
      case "reward_reversed": {
        const data = { ...about, ...reversalOf({ row, amount, t, locale }) };
        await queueMessage(scope, { ...message, template, data });
      }
    }
  });
}

/** What was voided or reversed, and why. */
function reversalOf({ row, amount, t, locale }: Facts) {
  const isWhole = row.state === "voided" || row.state === "reversed";
  const reason = reversalReasonOf(row);
  const isByStaff = reason === "voided_by_staff" || reason === "cancelled_by_shop";
  return {
    part:
      isWhole || amount === null || row.stepAmountMinor === null
        ? null
        : amountWords(t, { minor: row.stepAmountMinor, asset: amount.asset }, locale),
    wasReleased: row.state !== "voided",
    reason,
    words: isByStaff && !isProductReason(row.reason) ? row.reason : null,
  };
}

async function readRow(scope: Scope, rewardId: string): Promise<Row | undefined> {
  return inScope(scope, async (db, { merchantId }) => {
    const [row] = await db.$queryRaw<Row[]>`
      SELECT c.email, c.locale, c.id AS "customerId", p.name AS "programName",
        p.slug AS "programSlug", m.default_locale AS "defaultLocale", r.terms,
        r.amount_minor AS "amountMinor", r.asset, r.held_until AS "heldUntil",
        r.expires_at AS "expiresAt", k.code AS "couponCode", r.state, r.reason,
        r.reversal_reason AS "reversalReason", r.note,
        s.id AS "stepId", s.amount_minor AS "stepAmountMinor"
      FROM reward r
      JOIN customer c ON c.merchant_id = r.merchant_id AND c.id = r.customer_id
      JOIN program p ON p.merchant_id = r.merchant_id AND p.id = r.program_id
      JOIN merchant m ON m.id = r.merchant_id
      LEFT JOIN coupon k ON k.merchant_id = r.merchant_id AND k.reward_id = r.id
      JOIN LATERAL (
        SELECT s.id, s.amount_minor FROM reward_step s
        WHERE s.merchant_id = r.merchant_id AND s.reward_id = r.id ORDER BY s.id DESC LIMIT 1
      ) s ON true
      WHERE r.merchant_id = ${merchantId} AND r.id = ${rewardId}`;
    return row;
  });
}
