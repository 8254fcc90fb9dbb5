import { Trophy } from "lucide-react";
import { z } from "zod";
import { Person } from "@/components/customer/person";
import { scoreText, seasonText } from "@/components/loyalty/leaderboards/leaderboard-words";
import { NoMatch } from "@/components/loyalty/no-match";
import { METRIC_NAMES } from "@/components/loyalty/words";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { type Column, Table } from "@/components/ui/content/table";
import { numberText } from "@/components/ui/format";
import { FilterBar, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { Pagination } from "@/components/ui/page/pagination";
import { found } from "@/lib/auth/found";
import { withQuery } from "@/lib/core/query-string";
import {
  listRanking,
  type RankedCustomer,
} from "@/lib/loyalty/leaderboards/queries/list-leaderboards";
import type { Leaderboard, Season } from "@/lib/loyalty/leaderboards/schema/leaderboard";
import { adminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeNow } from "@/lib/merchants/scope";

export const filterSchema = z.object({
  season: z.string().max(40).optional(),
  search: z.string().trim().max(200).optional(),
  cursor: z.string().max(400).optional(),
});
type Filter = z.infer<typeof filterSchema>;

type RankingProps = {
  scope: Scope;
  slug: string;
  leaderboard: Leaderboard;
  season: Season;
  seasons: Season[];
  filter: Filter;
  base: string;
};

/** Who leads a season, with who is behind each name. */
export async function Ranking({
  scope,
  slug,
  leaderboard,
  season,
  seasons,
  filter,
  base,
}: RankingProps) {
  const { search, cursor } = filter;
  const page = await found(listRanking(scope, season.id, { search, cursor, limit: 25 }));
  const kept = { ...(filter.season && { season: filter.season }), search };
  return (
    <Card flush>
      <CardHeader
        title="Ranking"
        className="px-5 pt-5 pb-3"
        description={<SeasonStatus season={season} scope={scope} />}
      />
      <div className="px-5 pb-3">
        <FilterBar label="Filter ranking" keep={seasons.length > 1 ? [] : ["season"]}>
          <SearchField name="search" label="Name, email or your ID" defaultValue={search} />
          {seasons.length > 1 ? (
            <FilterSelect
              name="season"
              label="Season"
              defaultValue={season.id}
              options={seasons.map((one) => ({
                value: one.id,
                label: seasonText(one, scope.timeZone),
              }))}
            />
          ) : null}
        </FilterBar>
      </div>
      <Table
        caption="Ranking"
        rows={page.rows}
        rowKey={({ advocateId }) => advocateId}
        rowHref={({ customerId }) => adminPaths(slug).customer(customerId)}
        empty={<NoRows search={search} allHref={withQuery(base, { season: filter.season })} />}
        columns={columnsFor(leaderboard, scope)}
      />
      <Pagination
        newerHref={cursor ? withQuery(base, kept) : null}
        olderHref={page.nextCursor ? withQuery(base, { ...kept, cursor: page.nextCursor }) : null}
        nav="Ranking pages"
      />
    </Card>
  );
}

function columnsFor(leaderboard: Leaderboard, scope: Scope): Column<RankedCustomer>[] {
  return [
    {
      key: "rank",
      header: "Rank",
      numeric: true,
      width: "5rem",
      cell: ({ rank }) => numberText(rank),
    },
    {
      key: "person",
      header: "Customer",
      primary: true,
      cell: (row) => <Person person={row} avatar />,
    },
    {
      key: "alias",
      header: "Name shown",
      cell: ({ alias }) => alias ?? "Not shown anymore",
    },
    {
      key: "score",
      header: METRIC_NAMES[leaderboard.metric],
      numeric: true,
      cell: ({ score }) => scoreText(score, leaderboard.metric, scope.asset),
    },
  ];
}

function SeasonStatus({ season, scope }: { season: Season; scope: Scope }) {
  const { state, endsAt, closesAt } = season;
  const time = (at: Date) => <DateTime value={at} timeZone={scope.timeZone} look="dateTime" />;
  if (state === "closed") return "This season is closed. Its ranking is final.";
  if (!endsAt) return "All time.";
  if (endsAt <= scopeNow(scope)) return <>Ended. Late results count until {time(closesAt!)}.</>;
  return <>Ends {time(endsAt)}.</>;
}

function NoRows({ search, allHref }: { search: string | undefined; allHref: string }) {
  if (search) return <NoMatch allHref={allHref} hint="Try part of the name or email." />;
  return (
    <Empty title="No one is on the leaderboard yet" icon={<Trophy aria-hidden="true" />} bare>
      Customers appear once they choose a name and have a result.
    </Empty>
  );
}
