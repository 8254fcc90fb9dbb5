import { ScrollText } from "lucide-react";
import type { Metadata } from "next";
import { Card } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { PageHeader } from "@/components/ui/page/page-header";
import { Pagination } from "@/components/ui/page/pagination";
import { Table } from "@/components/ui/content/table";
import { requireMember } from "@/lib/auth/member";
import { auditFacets, listAudit } from "@/lib/merchants/audit";
import { auditFilterSchema } from "@/lib/merchants/schema";

export const metadata: Metadata = { title: "Audit log" };

type Props = {
  params: Promise<{ merchant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const ACTORS: Record<string, string> = {
  member: "",
  key: "API key",
  system: "Goodword itself",
  customer: "customer",
};

export default async function AuditPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "audit.read");
  // A query that someone bent is as good as none.
  const filter = auditFilterSchema.catch({ limit: 50 }).parse(await searchParams);
  const [page, facets] = await Promise.all([listAudit(scope, filter), auditFacets(scope)]);
  const filtered = Boolean(filter.action || filter.actor || filter.search);
  const older = new URLSearchParams(
    Object.entries({
      search: filter.search,
      action: filter.action,
      actor: filter.actor,
      cursor: page.nextCursor ?? undefined,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const newest = new URLSearchParams(older);
  newest.delete("cursor");
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Who did what, and when. Nothing in it can be changed or removed."
      />
      <div className="flex flex-col gap-5">
        <FilterBar label="Filter the log">
          <SearchField name="search" label="Search what was done" defaultValue={filter.search} />
          <FilterSelect
            name="action"
            label="Action"
            defaultValue={filter.action}
            options={facets.actions.map((action) => ({ value: action, label: action }))}
          />
          <FilterSelect
            name="actor"
            label="Who"
            defaultValue={filter.actor}
            options={facets.actors.map((actor) => ({ value: actor.id, label: actor.label }))}
          />
        </FilterBar>
        <Card flush>
          <Table
            caption="Audit log"
            rows={page.rows}
            rowKey={(entry) => entry.id}
            empty={
              <Empty
                title={filtered ? "Nothing matches" : "Nothing yet"}
                icon={<ScrollText aria-hidden="true" />}
                bare
              >
                {filtered
                  ? "Take a filter away."
                  : "What members, keys and Goodword itself do is written down here."}
              </Empty>
            }
            columns={[
              {
                key: "at",
                header: "When",
                width: "12rem",
                cell: (entry) => (
                  <DateTime
                    value={entry.at}
                    timeZone={scope.timeZone}
                    locale="en"
                    look="dateTime"
                  />
                ),
              },
              {
                key: "who",
                header: "Who",
                width: "14rem",
                cell: (entry) => (
                  <span>
                    {entry.actorLabel}
                    {ACTORS[entry.actorKind] ? (
                      <span className="block text-[0.8125rem] text-ink-muted">
                        {ACTORS[entry.actorKind]}
                      </span>
                    ) : null}
                  </span>
                ),
              },
              { key: "what", header: "What", primary: true, cell: (entry) => entry.summary },
              {
                key: "action",
                header: "Action",
                secondary: true,
                cell: (entry) => (
                  <span className="font-mono text-[0.8125rem] text-ink-muted">{entry.action}</span>
                ),
              },
            ]}
          />
          <Pagination
            newerHref={filter.cursor ? `?${newest}` : null}
            olderHref={page.nextCursor ? `?${older}` : null}
            nav="Pages of the log"
          />
        </Card>
      </div>
    </>
  );
}
