import { Trophy } from "lucide-react";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { z } from "zod";
import {
  leaderboardSummary,
  seasonText,
} from "@/components/loyalty/leaderboards/leaderboard-words";
import { StatusPill } from "@/components/ui/content/badge";
import { ButtonLink } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { numberText } from "@/components/ui/format";
import { NoMatch } from "@/components/loyalty/no-match";
import { PageHeader } from "@/components/ui/page/page-header";
import { Pagination } from "@/components/ui/page/pagination";
import { type Column, Table } from "@/components/ui/content/table";
import { requireMember } from "@/lib/auth/member";
import { type Query, readFilter, withQuery } from "@/lib/core/query-string";
import {
  leaderboardPrograms,
  type ListedLeaderboard,
  listLeaderboards,
} from "@/lib/loyalty/leaderboards/queries/list-leaderboards";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows } from "@/lib/merchants/scope";

export const metadata: Metadata = { title: "Leaderboards" };

const filterSchema = z.object({
  search: z.string().trim().max(100).optional(),
  program: z.string().max(40).optional(),
  state: z.enum(["active", "disabled"]).optional(),
  cursor: z.string().max(400).optional(),
});

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

export default async function LeaderboardsPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "program.read");
  const { cursor, ...filter } = readFilter(filterSchema, await searchParams);
  const [page, programs] = await Promise.all([
    listLeaderboards(scope, { ...filter, cursor, limit: 25 }),
    leaderboardPrograms(scope),
  ]);
  const admin = adminPaths(slug);
  const base = admin.leaderboards;
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  const create = scopeAllows(scope, "program.edit") ? (
    <ButtonLink variant="primary" href={admin.newLeaderboard}>
      New leaderboard
    </ButtonLink>
  ) : null;
  return (
    <>
      <PageHeader
        title="Leaderboards"
        actions={create}
        description="Top advocates, season by season. Customers appear once they choose a name."
      />
      <Card flush>
        <Filters filter={filter} programs={programs} />
        <Table
          caption="Leaderboards"
          rows={page.rows}
          rowKey={({ id }) => id}
          rowHref={({ id }) => admin.leaderboard(id)}
          empty={<NoRows isFiltered={isFiltered} allHref={base} create={create} />}
          columns={columnsFor(scope.timeZone)}
        />
        <Pagination
          newerHref={cursor ? withQuery(base, filter) : null}
          olderHref={
            page.nextCursor ? withQuery(base, { ...filter, cursor: page.nextCursor }) : null
          }
          nav="Leaderboard pages"
        />
      </Card>
    </>
  );
}

type Filter = Omit<z.infer<typeof filterSchema>, "cursor">;

function Filters({
  filter,
  programs,
}: {
  filter: Filter;
  programs: readonly { id: string; name: string }[];
}) {
  return (
    <div className="px-5 pt-5 pb-3">
      <FilterBar label="Filter leaderboards">
        <SearchField name="search" label="Name" defaultValue={filter.search} />
        <FilterSelect
          name="program"
          label="Program"
          defaultValue={filter.program ?? ""}
          options={[
            { value: "", label: "All programs" },
            ...programs.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <FilterSelect
          name="state"
          label="Status"
          defaultValue={filter.state ?? ""}
          options={[
            { value: "", label: "On and off" },
            { value: "active", label: "On" },
            { value: "disabled", label: "Off" },
          ]}
        />
      </FilterBar>
    </div>
  );
}

function NoRows({
  isFiltered,
  allHref,
  create,
}: {
  isFiltered: boolean;
  allHref: string;
  create: ReactNode;
}) {
  if (isFiltered) return <NoMatch allHref={allHref} hint="Try another name, program or status." />;
  return (
    <Empty
      title="No leaderboards yet"
      icon={<Trophy aria-hidden="true" />}
      action={create ?? undefined}
      bare
    >
      Every program comes with one. Publish a program first.
    </Empty>
  );
}

function columnsFor(timeZone: string): Column<ListedLeaderboard>[] {
  return [
    { key: "name", header: "Leaderboard", primary: true, cell: ({ name }) => name.en },
    { key: "program", header: "Program", cell: ({ programName }) => programName },
    {
      key: "counts",
      header: "Metric",
      cell: (leaderboard) => leaderboardSummary(leaderboard),
    },
    {
      key: "season",
      header: "Season",
      cell: ({ season }) => (season ? seasonText(season, timeZone) : "None running"),
    },
    {
      key: "prizes",
      header: "Prizes",
      numeric: true,
      secondary: true,
      cell: ({ prizes }) => numberText(prizes.length),
    },
    {
      key: "state",
      header: "Status",
      cell: ({ state }) => (
        <StatusPill tone={state === "active" ? "good" : "neutral"}>
          {state === "active" ? "On" : "Off"}
        </StatusPill>
      ),
    },
  ];
}
