import { AliasForm } from "@/components/refer/alias-form";
import { Board } from "@/components/loyalty/leaderboards/ranking-table";
import { ButtonLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { localized } from "@/lib/core/i18n/localized";
import { leaderboard } from "@/lib/loyalty/leaderboards/queries/leaderboards";
import { scopeNow } from "@/lib/merchants/scope";
import { saveAlias } from "./actions";
import {
  aheadWords,
  boardHeaders,
  type BoardReader,
  boardRow,
  seasonWords,
  timeLeftWords,
} from "./leaderboard-words";
import type { HomeContext } from "../_home/context";

const SHOWN = 3;

/** The top of the program's first board, and where the reader stands on it. */
export async function BoardSection({
  t,
  locale,
  found: { program, shop },
  entry,
  part: { advocate },
}: HomeContext) {
  const shown = await leaderboard(entry.scope, {
    programId: program.id,
    aroundAdvocateId: advocate.id,
    limit: SHOWN,
  });
  if (!shown) return null;
  const { board, season, top, own, people } = shown;
  const by: BoardReader = {
    t,
    locale,
    timeZone: shop.timeZone,
    asset: entry.scope.asset,
    currency: entry.scope.currency,
    now: scopeNow(entry.scope),
  };
  const rows = [...top, ...(own && !top.includes(own) ? [own] : [])].map((standing) =>
    boardRow(standing, advocate.id, board, by),
  );
  const ahead = aheadWords(shown, board, by);
  return (
    <Card>
      <CardHeader
        title={localized(board.name, locale)}
        description={[seasonWords(season, board.cadence, by), timeLeftWords(season, by)]
          .filter(Boolean)
          .join(" · ")}
      />
      <div className="mt-4 flex flex-col gap-5">
        {rows.length === 0 ? (
          <Empty title={t("leaderboard.emptyTitle")} bare>
            {t("leaderboard.emptyBody")}
          </Empty>
        ) : (
          <Board caption={t("leaderboard.top")} headers={boardHeaders(board, by)} rows={rows} />
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

/** The form in which somebody chooses their name for the boards. */
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
