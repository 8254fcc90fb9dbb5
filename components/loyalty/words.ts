import type { Locale } from "@/lib/core/i18n/locales";

/** The languages of customers, as staff call them. */
export const LANGUAGES: readonly { value: Locale; label: string }[] = [
  { value: "en", label: "English" },
  { value: "sq", label: "Albanian" },
  { value: "zh", label: "Chinese" },
];

/** What tiers and leaderboards count, as staff call it. */
export const METRIC_NAMES: Record<"referrals" | "revenue" | "points", string> = {
  referrals: "Qualified friends",
  revenue: "Friends’ purchases",
  points: "Points earned",
};

/** "1 point", "1,250 points" */
export function pointsText(points: bigint | number): string {
  return `${points.toLocaleString("en")} ${BigInt(points) === 1n ? "point" : "points"}`;
}
