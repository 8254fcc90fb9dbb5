import { AliasForm } from "@/components/refer/alias-form";
import { RankingTable } from "@/components/loyalty/leaderboards/ranking-table";
import { ButtonLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { localized } from "@/lib/core/i18n/localized";
import { seasonRanking } from "@/lib/loyalty/leaderboards/queries/leaderboards";
import { scopeNow } from "@/lib/merchants/scope";
import { saveAlias } from "./actions";
import {
  aheadWords,
  rankingHeaders,
  type LeaderboardReader,
  rankingRow,
  seasonWords,
  timeLeftWords,
} from "./leaderboard-words";
import type { HomeContext } from "../_home/context";

const SHOWN = 3;

/** The top of the program's first leaderboard, and where the reader stands on it. */
export async function LeaderboardSection({
  t,
  locale,
  found: { program, shop },
  entry,
  part: { advocate },
}: HomeContext) {
  const shown = await seasonRanking(entry.scope, {
    programId: program.id,
    aroundAdvocateId: advocate.id,
    limit: SHOWN,
  });
  if (!shown) return null;
  const { leaderboard, season, top, own, people } = shown;
  const by: LeaderboardReader = {
    t,
    locale,
    timeZone: shop.timeZone,
    asset: entry.scope.asset,
    currency: entry.scope.currency,
    now: scopeNow(entry.scope),
  };
  const rows = [...top, ...(own && !top.includes(own) ? [own] : [])].map((ranked) =>
    rankingRow(ranked, advocate.id, leaderboard, by),
  );
  const ahead = aheadWords(shown, leaderboard, by);
  return (
    <Card>
      <CardHeader
        title={localized(leaderboard.name, locale)}
        description={[seasonWords(season, leaderboard.cadence, by), timeLeftWords(season, by)]
          .filter(Boolean)
          .join(" · ")}
      />
      <div className="mt-4 flex flex-col gap-5">
        {rows.length === 0 ? (
          <Empty title={t("leaderboard.emptyTitle")} bare>
            {t("leaderboard.emptyBody")}
          </Empty>
        ) : (
          <RankingTable
            caption={t("leaderboard.top")}
            headers={rankingHeaders(leaderboard, by)}
            rows={rows}
          />
        )}
        {ahead && people > 1 ? <p className="text-sm text-ink-muted">{ahead}</p> : null}
        {advocate.alias !== null && !own ? (
          <p className="text-sm text-ink-muted">{t("leaderboard.notRanked")}</p>
        ) : null}
        <div>
          <ButtonLink size="sm" href={`/refer/${program.slug}/leaderboard`}>
            {t("leaderboard.all")}
          </ButtonLink>
        </div>
        {advocate.alias === null ? (
          <AliasForm {...aliasForm({ t, slug: program.slug, alias: null })} />
        ) : null}
      </div>
    </Card>
  );
}

/** The form in which somebody chooses their name for the leaderboards. */
export function aliasForm({
  t,
  slug,
  alias,
}: {
  t: HomeContext["t"];
  slug: string;
  alias: string | null;
}) {
  return {
    action: saveAlias.bind(null, slug),
    alias,
    words: {
      label: t("leaderboard.alias"),
      hint: t("leaderboard.aliasHint"),
      save: t("leaderboard.aliasSave"),
      change: t("leaderboard.aliasChange"),
      remove: t("leaderboard.aliasRemove"),
    },
  };
}
