import {
  rankingHeaders,
  type LeaderboardReader,
  rankingRow,
  prizeLines,
  seasonWords,
  timeLeftWords,
} from "@/app/refer/[program]/leaderboard/leaderboard-words";
import { RankingTable } from "@/components/loyalty/leaderboards/ranking-table";
import { Podium } from "@/components/loyalty/leaderboards/podium";
import { PrizeList } from "@/components/loyalty/leaderboards/prize-list";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Disclosure } from "@/components/ui/content/disclosure";
import { Empty } from "@/components/ui/content/empty";
import { translator } from "@/lib/core/i18n/translator";
import type {
  Leaderboard as LeaderboardOfProgram,
  Prize,
  Season,
} from "@/lib/loyalty/leaderboards/schema/leaderboard";
import { ranking } from "@/lib/loyalty/leaderboards/queries/ranking";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import { benefitWords } from "@/lib/terms/words/promises";

/** A prize in words. */
export function prizeText(prize: Prize, scope: Scope): string {
  return benefitWords(translator("en"), prize, scope.currency, "en");
}

/** The leaderboard as customers see it, with its ranking of now. */
export async function Preview({
  scope,
  leaderboard,
  season,
}: {
  scope: Scope;
  leaderboard: LeaderboardOfProgram;
  season: Season;
}) {
  const t = translator("en");
  const by: LeaderboardReader = {
    t,
    locale: "en",
    timeZone: scope.timeZone,
    asset: scope.asset,
    currency: scope.currency,
    now: scopeNow(scope),
  };
  const { top } = await ranking(scope, season.id, { limit: 5 });
  const rows = top.map((ranked) => rankingRow(ranked, null, leaderboard, by));
  const prizes = season.prizes ?? leaderboard.prizes;
  const timeLeft = timeLeftWords(season, by);
  return (
    <Disclosure summary="Preview for customers">
      <div className="mt-3 max-w-md">
        <Card>
          <CardHeader
            title={seasonWords(season, leaderboard.cadence, by)}
            level={3}
            {...(timeLeft && { description: timeLeft })}
          />
          <div className="mt-4 flex flex-col gap-5">
            {rows.length === 0 ? (
              <Empty title={t("leaderboard.emptyTitle")} bare>
                {t("leaderboard.emptyBody")}
              </Empty>
            ) : (
              <>
                <Podium rows={rows.slice(0, 3)} you={t("leaderboard.you")} />
                <RankingTable
                  caption={t("leaderboard.top")}
                  headers={rankingHeaders(leaderboard, by)}
                  rows={rows}
                />
              </>
            )}
            {prizes.length > 0 ? (
              <PrizeList
                title={t("leaderboard.prizes")}
                lead={t("leaderboard.prizesLead")}
                prizes={prizeLines(prizes, null, by)}
                you={t("leaderboard.you")}
              />
            ) : null}
          </div>
        </Card>
      </div>
    </Disclosure>
  );
}
