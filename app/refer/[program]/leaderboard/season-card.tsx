import { Podium } from "@/components/loyalty/leaderboards/podium";
import { PrizeList } from "@/components/loyalty/leaderboards/prize-list";
import { RankingTable } from "@/components/loyalty/leaderboards/ranking-table";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import type { SeasonRanking } from "@/lib/loyalty/leaderboards/queries/leaderboards";
import {
  type LeaderboardReader,
  prizeLines,
  rankingHeaders,
  rankingRow,
  seasonWords,
  timeLeftWords,
} from "./leaderboard-words";

const PODIUM = 3;

type SeasonCardProps = {
  shown: SeasonRanking;
  advocateId: string;
  by: LeaderboardReader;
  isOver: boolean;
};

/** A season: its top, its prizes, and the ranks near the reader. */
export function SeasonCard({ shown, advocateId, by, isOver }: SeasonCardProps) {
  const { t } = by;
  const { leaderboard, season, top, near } = shown;
  const rowOf = (ranked: SeasonRanking["top"][number]) =>
    rankingRow(ranked, advocateId, leaderboard, by);
  const headers = rankingHeaders(leaderboard, by);
  const timeLeft = timeLeftWords(season, by);
  return (
    <Card>
      <CardHeader
        title={seasonWords(season, leaderboard.cadence, by)}
        {...(timeLeft && { description: timeLeft })}
      />
      <div className="mt-4 flex flex-col gap-5">
        {top.length === 0 ? (
          <>
            <Empty title={t("leaderboard.emptyTitle")} bare>
              {isOver ? t("leaderboard.emptyPast") : t("leaderboard.emptyBody")}
            </Empty>
            <Prizes shown={shown} by={by} />
          </>
        ) : (
          <>
            <Podium rows={top.slice(0, PODIUM).map(rowOf)} you={headers.you} />
            <Prizes shown={shown} by={by} />
            <RankingTable caption={t("leaderboard.top")} headers={headers} rows={top.map(rowOf)} />
          </>
        )}
        {near.length > 0 ? (
          <div>
            <h2 className="mb-1 text-sm font-medium">{t("leaderboard.near")}</h2>
            <RankingTable
              caption={t("leaderboard.near")}
              headers={headers}
              rows={near.map(rowOf)}
            />
          </div>
        ) : null}
      </div>
    </Card>
  );
}

function Prizes({
  shown: { season, leaderboard, own },
  by,
}: Pick<SeasonCardProps, "shown" | "by">) {
  const { t } = by;
  const prizes = season.prizes ?? leaderboard.prizes;
  if (prizes.length === 0) return null;
  return (
    <PrizeList
      title={t("leaderboard.prizes")}
      lead={t("leaderboard.prizesLead")}
      prizes={prizeLines(prizes, own?.rank ?? null, by)}
      you={t("leaderboard.you")}
    />
  );
}
