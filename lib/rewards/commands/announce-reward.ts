import { asLocale } from "@/lib/core/i18n/locales";
import { translator } from "@/lib/core/i18n/translator";
import type { Asset } from "@/lib/core/money";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { queueMessage } from "@/lib/messaging/commands";
import { amountWords } from "@/lib/terms/words/amounts";
import { worthWords } from "@/lib/terms/words/promises";
import { frozenTermsSchema } from "../schema";

const ANNOUNCEMENTS = [
  "reward_held",
  "reward_available",
  "reward_given",
  "reward_expiring",
  "reward_reversed",
] as const;
type Announcement = (typeof ANNOUNCEMENTS)[number];

/**
 * Points for these come every other day: the owner's page tells of them, a mail for each would be a
 * nuisance.
 */
const SMALL_CHANGE = ["own_purchase", "own_event", "share_visit"];

/** The keys under which mails about steps of a reward may stand in the outbox. */
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
  reversedMinor: bigint;
  asset: Asset | null;
  heldUntil: Date;
  expiresAt: Date | null;
  couponCode: string | null;
  state: string;
  note: string | null;
  stepId: string;
  stepAmountMinor: bigint | null;
};

/**
 * Tells the owner of a reward what happened to it, in their language, with the fact itself: the
 * mail is queued in the transaction of the step it tells of. Owners without an address see it on
 * their page.
 * @param leftMinor what is left of a balance, where that is less than was granted
 */
export async function announceReward(
  scope: Scope,
  rewardId: string,
  template: Announcement,
  { leftMinor }: { leftMinor?: bigint } = {},
): Promise<void> {
  await inScope(scope, async (db, scope) => {
    const [row] = await db.$queryRaw<Row[]>`
      SELECT c.email, c.locale, c.id AS "customerId", p.name AS "programName", p.slug AS "programSlug",
        m.default_locale AS "defaultLocale", r.terms, r.amount_minor AS "amountMinor", r.reversed_minor AS "reversedMinor",
        r.asset, r.held_until AS "heldUntil", r.expires_at AS "expiresAt", k.code AS "couponCode", r.state, r.note,
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
      WHERE r.merchant_id = ${scope.merchantId} AND r.id = ${rewardId}`;
    if (!row?.email) return;
    const locale = asLocale(row.locale ?? row.defaultLocale);
    const t = translator(locale);
    const { benefit, on } = frozenTermsSchema.parse(row.terms);
    if (
      benefit.kind === "points" &&
      on !== undefined &&
      SMALL_CHANGE.includes(on) &&
      template !== "reward_expiring"
    )
      return;
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
    if (template === "reward_held") {
      await queueMessage(scope, {
        ...message,
        template,
        data: { ...about, heldUntil: row.heldUntil },
      });
    } else if (template === "reward_available") {
      await queueMessage(scope, {
        ...message,
        template,
        data: { ...about, couponCode: row.couponCode, expiresAt: row.expiresAt },
      });
    } else if (template === "reward_given") {
      await queueMessage(scope, { ...message, template, data: { ...about, note: row.note } });
    } else if (template === "reward_expiring") {
      if (row.expiresAt === null) return;
      const data = {
        ...about,
        expiresAt: row.expiresAt,
        couponCode: row.couponCode,
        waits: row.state === "available",
      };
      await queueMessage(scope, { ...message, template, data });
    } else {
      const partly =
        row.state !== "voided" &&
        row.state !== "reversed" &&
        amount !== null &&
        row.stepAmountMinor !== null;
      const part = partly
        ? amountWords(t, { minor: row.stepAmountMinor!, asset: amount.asset }, locale)
        : null;
      await queueMessage(scope, { ...message, template, data: { ...about, part } });
    }
  });
}
