import { dateTimeText, moneyText, numberText } from "@/components/ui/format";
import { type Asset, POINTS } from "@/lib/core/money";
import type {
  Leaderboard,
  Cadence,
  Metric,
  Season,
} from "@/lib/loyalty/leaderboards/schema/leaderboard";
import { METRIC_NAMES } from "../words";

const CADENCE_NAMES: Record<Cadence, string> = {
  week: "Weekly",
  month: "Monthly",
  custom: "Once",
  ever: "All time",
};

/** "Qualified friends, monthly" */
export function leaderboardSummary({
  metric,
  cadence,
}: Pick<Leaderboard, "metric" | "cadence">): string {
  return `${METRIC_NAMES[metric]}, ${CADENCE_NAMES[cadence].toLowerCase()}`;
}

/** "16 Nov 2026 to 22 Nov 2026"; a season without end is all time. */
export function seasonText(
  { startsAt, endsAt }: Pick<Season, "startsAt" | "endsAt">,
  timeZone: string,
): string {
  const day = (at: Date) => dateTimeText(at, { locale: "en", timeZone, look: "date" });
  return endsAt === null
    ? "All time"
    : `${day(startsAt)} to ${day(new Date(endsAt.getTime() - 1))}`;
}

/** A score with its unit, where it has one. */
export function scoreText(score: bigint, metric: Metric, asset: Asset): string {
  if (metric === "referrals") return numberText(Number(score));
  return moneyText({ minor: score, asset: metric === "revenue" ? asset : POINTS }, "en");
}
