import type { Locale } from "@/lib/core/i18n/locales";
import type { Translate } from "@/lib/core/i18n/translator";
import type { Asset } from "@/lib/core/money";
import { DAY_MS, HOUR_MS } from "@/lib/core/time";
import { dateFormat } from "@/lib/core/zones/format";
import { prizeOf } from "@/lib/loyalty/leaderboards/rules";
import type {
  Leaderboard,
  Cadence,
  Metric,
  Prize,
  Season,
} from "@/lib/loyalty/leaderboards/schema/leaderboard";
import type { Ranking } from "@/lib/loyalty/leaderboards/queries/ranking";
import { amountWords } from "@/lib/terms/words/amounts";
import { benefitWords } from "@/lib/terms/words/promises";
import type { RankingRow } from "@/components/loyalty/leaderboards/ranking-table";
import type { PrizeLine } from "@/components/loyalty/leaderboards/prize-list";

export type LeaderboardReader = {
  t: Translate;
  locale: Locale;
  timeZone: string;
  asset: Asset;
  currency: string;
  now: Date;
};

function dayWords(at: Date, { locale, timeZone }: LeaderboardReader): string {
  return dateFormat(locale, { day: "numeric", month: "short", timeZone }).format(at);
}

/** "This week", "November 2026", "5 Oct to 18 Oct". */
export function seasonWords(
  { startsAt, endsAt }: Season,
  cadence: Cadence,
  by: LeaderboardReader,
): string {
  const { t, locale, timeZone, now } = by;
  const runs = startsAt <= now && (endsAt === null || now < endsAt);
  if (cadence === "ever" || endsAt === null) return t("leaderboard.allTime");
  if (cadence === "week")
    return runs
      ? t("leaderboard.thisWeek")
      : t("leaderboard.lastWeek", { date: dayWords(startsAt, by) });
  if (cadence === "month") {
    // A season that began within the month, after a change of zone, is still that month's.
    return runs
      ? t("leaderboard.thisMonth")
      : dateFormat(locale, { month: "long", year: "numeric", timeZone }).format(
          new Date(endsAt.getTime() - 1),
        );
  }
  return t("leaderboard.range", {
    from: dayWords(startsAt, by),
    to: dayWords(new Date(endsAt.getTime() - 1), by),
  });
}

/** How long it still goes, or since when it is over; null for a season without end. */
export function timeLeftWords(
  { startsAt, endsAt, closesAt, state }: Season,
  by: LeaderboardReader,
): string | null {
  const { t, now } = by;
  if (startsAt > now) {
    const days = Math.ceil((startsAt.getTime() - now.getTime()) / DAY_MS);
    return days > 1 ? t("leaderboard.startsDays", { count: days }) : t("leaderboard.startsSoon");
  }
  if (endsAt === null) return null;
  const left = endsAt.getTime() - now.getTime();
  if (left > 2 * DAY_MS) return t("leaderboard.endsDays", { count: Math.floor(left / DAY_MS) });
  if (left > HOUR_MS) return t("leaderboard.endsHours", { count: Math.floor(left / HOUR_MS) });
  if (left > 0) return t("leaderboard.endsSoon");
  const date = dayWords(new Date(endsAt.getTime() - 1), by);
  if (state === "running" && closesAt !== null && closesAt > now)
    return t("leaderboard.counting", { date, closes: dayWords(closesAt, by) });
  return t("leaderboard.endedOn", { date });
}

/** "4", "$249.90", "1,200". */
export function scoreWords(
  score: bigint,
  metric: Metric,
  { t, locale, asset }: LeaderboardReader,
): string {
  return metric === "revenue"
    ? amountWords(t, { minor: score, asset }, locale)
    : new Intl.NumberFormat(locale).format(score);
}

export function rankingRow(
  { advocateId, rank, alias, score }: Ranking["top"][number],
  own: string | null,
  { metric }: Leaderboard,
  by: LeaderboardReader,
): RankingRow {
  return {
    key: advocateId,
    rank,
    name: alias ?? by.t("leaderboard.someone"),
    score: scoreWords(score, metric, by),
    own: advocateId === own,
  };
}

/** The headings of a leaderboard's table. */
export function rankingHeaders({ metric }: Leaderboard, { t }: LeaderboardReader) {
  const score =
    metric === "referrals"
      ? t("leaderboard.friends")
      : metric === "revenue"
        ? t("leaderboard.revenue")
        : t("leaderboard.points");
  return {
    rank: t("leaderboard.rank"),
    name: t("leaderboard.name"),
    score,
    you: t("leaderboard.you"),
  };
}

export function leaderboardLead({ metric }: Leaderboard, { t }: LeaderboardReader): string {
  return metric === "referrals"
    ? t("leaderboard.lead")
    : metric === "revenue"
      ? t("leaderboard.leadRevenue")
      : t("leaderboard.leadPoints");
}

/** What a season's prizes are, the reader's marked. */
export function prizeLines(
  prizes: readonly Prize[],
  ownRank: number | null,
  { t, locale, currency }: LeaderboardReader,
): PrizeLine[] {
  const own = ownRank === null ? null : prizeOf(prizes, ownRank);
  return prizes
    .map((prize, index) => ({ prize, index }))
    .sort((left, right) => left.prize.fromRank - right.prize.fromRank)
    .map(({ prize, index }) => ({
      ranks:
        prize.fromRank === prize.toRank
          ? t("leaderboard.rankOne", { rank: prize.fromRank })
          : t("leaderboard.rankRange", { from: prize.fromRank, to: prize.toRank }),
      words: benefitWords(t, prize, currency, locale),
      own: index === own,
    }));
}

/**
 * What is missing to the next rank: "2 more friends take you to rank 4"; null for who is not on
 * the leaderboard.
 */
export function aheadWords(
  { own, next }: Ranking,
  { metric }: Leaderboard,
  by: LeaderboardReader,
): string | null {
  const { t, locale, asset } = by;
  if (!own) return null;
  if (!next) return t("leaderboard.leads");
  // As many as they have shares their rank.
  const [missing, rank] = [next.score - own.score, next.rank];
  if (metric === "revenue")
    return t("leaderboard.behindRevenue", {
      amount: amountWords(t, { minor: missing, asset }, locale),
      rank,
    });
  return metric === "points"
    ? t("leaderboard.behindPoints", { count: Number(missing), rank })
    : t("leaderboard.behind", { count: Number(missing), rank });
}
