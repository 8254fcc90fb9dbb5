import { AliasForm } from "@/components/refer/alias-form";
import { Board, type BoardRow } from "@/components/refer/board";
import { Card, CardHeader } from "@/components/ui/card";
import { Empty } from "@/components/ui/empty";
import { leaderboard, type Standing } from "@/lib/loyalty/leaderboard";
import { saveAlias } from "./actions";
import type { HomeContext } from "./home";

/** Who brought most friends, of those who want to be seen, and where the reader stands. */
export async function BoardSection({ t, locale, found: { program }, entry, part: { advocate } }: HomeContext) {
  const { top, near, own } = await leaderboard(entry.scope, { programId: program.id, aroundAdvocateId: advocate.id });
  const headers = { place: t("board.place"), name: t("board.name"), friends: t("board.friends"), you: t("board.you") };
  const rowOf = (standing: Standing): BoardRow => ({
    key: standing.advocateId, place: standing.place, name: standing.alias, own: standing.advocateId === advocate.id,
    confirmed: new Intl.NumberFormat(locale).format(standing.confirmed),
  });
  return (
    <Card>
      <CardHeader title={t("board.title")} description={t("board.lead")} />
      <div className="mt-4 flex flex-col gap-5">
        {top.length === 0 ? (
          <Empty title={t("board.emptyTitle")} bare>{t("board.emptyBody")}</Empty>
        ) : (
          <Board caption={t("board.top")} headers={headers} rows={top.map(rowOf)} />
        )}
        {near.length > 0 ? (
          <div>
            <h3 className="mb-1 text-sm font-medium">{t("board.near")}</h3>
            <Board caption={t("board.near")} headers={headers} rows={near.map(rowOf)} />
          </div>
        ) : null}
        {advocate.alias !== null && !own ? <p className="text-sm text-ink-muted">{t("board.notRanked")}</p> : null}
        <AliasForm
          key={advocate.alias}
          action={saveAlias.bind(null, program.slug)}
          alias={advocate.alias}
          words={{
            label: t("board.alias"), hint: t("board.aliasHint"), save: t("board.aliasSave"),
            change: t("board.aliasChange"), remove: t("board.aliasRemove"),
          }}
        />
      </div>
    </Card>
  );
}
