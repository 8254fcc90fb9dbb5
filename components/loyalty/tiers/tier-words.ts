import { decimal } from "@/lib/core/money";
import { moneyText, numberText } from "@/components/ui/format";
import type { LadderInput, TierMetric, TierWindow } from "@/lib/loyalty/tiers/schema";
import { metricAsset } from "@/lib/loyalty/tiers/schema";

/** What a tier asks for, for staff: "3 confirmed friends", "$1,000 in friends' orders". */
export function thresholdText(threshold: bigint, metric: TierMetric, currency: string): string {
  if (metric === "revenue")
    return `${moneyText({ minor: threshold, asset: metricAsset(metric, currency) }, "en")} in friends’ orders`;
  const number = numberText(
    Number(decimal({ minor: threshold, asset: metricAsset(metric, currency) })),
  );
  return metric === "points"
    ? `${number} ${threshold === 1n ? "point" : "points"}`
    : `${number} confirmed ${threshold === 1n ? "friend" : "friends"}`;
}

/** "within 365 days" */
export function windowText({
  window,
  windowDays,
}: {
  window: TierWindow;
  windowDays: number;
}): string {
  return window === "calendar_year"
    ? "within a calendar year"
    : `within ${numberText(windowDays)} days`;
}

export const METRIC_NAMES: Record<LadderInput["metric"], string> = {
  points: "Points earned",
  referrals: "Confirmed friends",
  revenue: "Friends’ orders",
};
