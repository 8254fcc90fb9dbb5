import { decimal } from "@/lib/core/money";
import { moneyText, numberText } from "@/components/ui/format";
import type { TierMetric, TierWindow } from "@/lib/loyalty/tiers/schema";
import { metricAsset } from "@/lib/loyalty/tiers/schema";
import { pointsText } from "../words";

/** What a tier takes, for staff: "3 qualified friends", "$1,000 in friends’ purchases". */
export function thresholdText(threshold: bigint, metric: TierMetric, currency: string): string {
  const amount = { minor: threshold, asset: metricAsset(metric, currency) };
  if (metric === "revenue") return `${moneyText(amount, "en")} in friends’ purchases`;
  if (metric === "points") return pointsText(Number(decimal(amount)));
  const friends = threshold === 1n ? "qualified friend" : "qualified friends";
  return `${numberText(Number(decimal(amount)))} ${friends}`;
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
