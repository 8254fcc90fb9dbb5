import { Alert } from "@/components/ui/content/alert";
import { TextLink } from "@/components/ui/controls/button";
import { cx } from "@/components/ui/cx";
import type { SeasonRanking } from "@/lib/loyalty/leaderboards/queries/leaderboards";
import { type Winner, winnerOf } from "@/lib/loyalty/leaderboards/queries/winners";
import type { Scope } from "@/lib/merchants/scope";
import { aheadWords, type LeaderboardReader, scoreWords } from "./leaderboard-words";

/** The reader's own row, in sight wherever they are on the page. */
export function OwnBar({
  shown,
  own,
  by,
  isOver,
}: {
  shown: SeasonRanking;
  own: NonNullable<SeasonRanking["own"]>;
  by: LeaderboardReader;
  isOver: boolean;
}) {
  const { t, locale } = by;
  const number = new Intl.NumberFormat(locale);
  const ahead = isOver || shown.people < 2 ? null : aheadWords(shown, shown.leaderboard, by);
  return (
    <section
      aria-label={t("leaderboard.yourRank")}
      className={cx(
        "figure sticky bottom-3 rounded-card border border-accent-mark bg-surface px-4 py-3",
        "text-sm shadow-float",
      )}
    >
      <p className="flex items-baseline justify-between gap-4">
        <span>
          <strong className="text-base font-semibold">
            {t("leaderboard.rankOne", { rank: own.rank })}
          </strong>{" "}
          <span className="text-ink-muted">
            {t("leaderboard.of", { count: number.format(shown.people) })}
          </span>
        </span>
        <span className="text-right">
          {t("leaderboard.you")} · {scoreWords(own.score, shown.leaderboard.metric, by)}
        </span>
      </p>
      {ahead ? <p className="mt-0.5 text-[0.8125rem]/5 text-ink-muted">{ahead}</p> : null}
    </section>
  );
}

/** What the reader won in a closed season, and the prize's status. */
export async function OwnPrize({
  scope,
  shown: { season },
  advocateId,
  by,
  shop,
  home,
}: {
  scope: Scope;
  shown: SeasonRanking;
  advocateId: string;
  by: LeaderboardReader;
  shop: string;
  home: string;
}) {
  const winner = season.state === "closed" ? await winnerOf(scope, season.id, advocateId) : null;
  if (!winner) return null;
  return (
    <Alert
      tone={winner.state === "given" ? "good" : "neutral"}
      title={by.t("leaderboard.yourPrize")}
      action={
        winner.rewardId ? (
          <TextLink href={`${home}/rewards/${winner.rewardId}`}>
            {by.t("leaderboard.prizeReceipt")}
          </TextLink>
        ) : undefined
      }
    >
      {prizeStatus(winner, by, shop)}
    </Alert>
  );
}

function prizeStatus(
  { state, reason }: Winner,
  { t }: LeaderboardReader,
  shop: string,
): string | null {
  if (state === "withheld") return t("leaderboard.prizeWithheld");
  if (reason === "in_review") return t("leaderboard.prizeReview", { shop });
  return state === "due" ? t("leaderboard.prizeWaits") : null;
}
