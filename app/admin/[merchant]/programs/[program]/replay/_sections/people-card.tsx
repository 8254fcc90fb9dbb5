import { SearchX } from "lucide-react";
import { PeopleTable } from "@/components/replay/people-table";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { ButtonLink } from "@/components/ui/controls/button";
import { FilterBar, SearchField } from "@/components/ui/page/filter-bar";
import { Pagination } from "@/components/ui/page/pagination";
import { pageFrom, withQuery } from "@/lib/core/query-string";
import { adminPaths } from "@/lib/merchants/paths";
import type { Scope } from "@/lib/merchants/scope";
import { listDifferences } from "@/lib/pipeline/replay/queries";
import type { FinishedReplay } from "./replay-days";

export type PeopleFilter = {
  run?: string | undefined;
  search?: string | undefined;
  cursor?: string | undefined;
};

type PeopleCardProps = {
  slug: string;
  scope: Scope;
  programId: string;
  replay: FinishedReplay;
  filter: PeopleFilter;
  titleOf: (ruleId: string) => string;
};

/** Who would get something else, a page at a time. */
export async function PeopleCard({
  slug,
  scope,
  programId,
  replay,
  filter,
  titleOf,
}: PeopleCardProps) {
  const { affected } = replay.summary;
  const { search, run, cursor } = filter;
  const page = await pageFrom(filter, (at) =>
    listDifferences(scope, { ...at, replayId: replay.id, limit: 25 }),
  );
  const admin = adminPaths(slug);
  const here = admin.programReplay(programId);
  const { nextCursor } = page;
  return (
    <Card flush>
      <CardHeader
        title="By person"
        description="Largest difference first."
        className="px-5 pt-5 pb-3"
        actions={
          affected > 0 ? (
            <ButtonLink
              size="sm"
              href={admin.programReplayExport(programId, replay.id)}
              prefetch={false}
            >
              Download CSV
            </ButtonLink>
          ) : null
        }
      />
      {affected > 0 || search ? (
        <div className="px-5 pb-4">
          <FilterBar label="Filter people" keep={["run"]}>
            <SearchField name="search" label="Name, email or your ID" defaultValue={search} />
          </FilterBar>
        </div>
      ) : null}
      <PeopleTable
        rows={page.rows}
        asset={scope.asset}
        titleOf={titleOf}
        customerHref={admin.customer}
        empty={search ? <NoMatch allHref={withQuery(here, { run })} /> : <NoDifference />}
      />
      <Pagination
        newerHref={cursor ? withQuery(here, { run, search }) : null}
        olderHref={nextCursor ? withQuery(here, { run, search, cursor: nextCursor }) : null}
        nav="Pages of people"
      />
    </Card>
  );
}

function NoMatch({ allHref }: { allHref: string }) {
  return (
    <Empty
      title="No one matches"
      icon={<SearchX aria-hidden="true" />}
      action={<ButtonLink href={allHref}>Show all</ButtonLink>}
      bare
    >
      Try part of a name or an email address.
    </Empty>
  );
}

function NoDifference() {
  return (
    <Empty title="No difference" bare>
      Everyone gets the same under both versions.
    </Empty>
  );
}
