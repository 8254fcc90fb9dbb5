import { dateFormat } from "@/lib/core/zones/format";
import { isManual, deliveryOf } from "@/lib/terms/kinds/benefits";
import type { Tone } from "@/components/ui/content/badge";
import type { Locale } from "@/lib/core/i18n/locales";
import type { Translate } from "@/lib/core/i18n/translator";
import type { Money } from "@/lib/core/money";
import { type BenefitKind } from "@/lib/terms/schema";
import { worthWords } from "@/lib/terms/words/promises";
import type { RewardRow } from "@/lib/rewards/queries/rewards";
import { reversalReasonOf, type RewardState } from "@/lib/rewards/schema";

export const REWARD_TONES: Record<RewardState, Tone> = {
  held: "warn",
  available: "good",
  issued: "good",
  used: "neutral",
  voided: "bad",
  expired: "neutral",
  reversed: "bad",
};

export type RewardReader = { t: Translate; locale: Locale; shop: string; timeZone: string };

/** What a reward is worth, as granted; null for what is not an amount. */
export function rewardAmount(reward: Pick<RewardRow, "amountMinor" | "asset">): Money | null {
  return reward.amountMinor === null || reward.asset === null
    ? null
    : { minor: reward.amountMinor, asset: reward.asset };
}

/** A reward in words: "$10 store credit". */
export function rewardWords(reward: RewardRow, { t, locale }: RewardReader): string {
  return worthWords(t, reward.terms.benefit, rewardAmount(reward), locale);
}

/** The state of a reward in a word, as its kind has it: a gift is delivered, points are added. */
export function rewardStateWords(
  { state, kind }: { state: RewardState; kind: BenefitKind },
  t: Translate,
): string {
  if (state === "issued" && deliveryOf({ kind }) === "balance") return t("rewards.state.added");
  if (state === "available" && deliveryOf({ kind }) !== "balance")
    return t("rewards.state.waiting");
  if (state === "used" && isManual({ kind }))
    return t(deliveryOf({ kind }) === "payout" ? "rewards.state.paid" : "rewards.state.delivered");
  return t(`rewards.state.${state}`);
}

/** The state of a reward in a sentence: until when, or what comes next. */
export function rewardStateLine(
  reward: RewardRow,
  { t, locale, shop, timeZone }: RewardReader,
): string {
  const state = reward.state as RewardState;
  if (state === "held" && reward.underReview) return t("rewards.stateLine.heldReview", { shop });
  const day = (date: Date) => dateFormat(locale, { dateStyle: "long", timeZone }).format(date);
  if (state === "held") return t("rewards.stateLine.held", { date: day(reward.heldUntil) });
  if (state === "voided" || state === "reversed")
    return t(`rewards.reversal.${reversalReasonOf(reward)}`, { shop });
  const delivery = deliveryOf(reward.terms.benefit);
  if (state === "available") {
    if (delivery === "coupon") return t("rewards.stateLine.waitingForCode", { shop });
    if (delivery === "payout") return t("rewards.stateLine.toBePaid", { shop });
    return delivery === "staff"
      ? t("rewards.stateLine.toBeDelivered", { shop })
      : t("rewards.stateLine.available");
  }
  if (state === "issued" && reward.expiresAt)
    return t("rewards.stateLine.issuedUntil", { date: day(reward.expiresAt) });
  if (state === "issued" && delivery === "balance") return t("rewards.stateLine.added");
  if (state === "used" && delivery === "payout") return t("rewards.stateLine.paid", { shop });
  if (state === "used" && delivery === "staff") return t("rewards.stateLine.delivered", { shop });
  return t(`rewards.stateLine.${state}`);
}
