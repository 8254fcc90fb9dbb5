import { ScrollText } from "lucide-react";
import type { Metadata } from "next";
import { Card } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { ExportLink } from "@/components/ui/page/export-link";
import { FilterBar, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { PageHeader } from "@/components/ui/page/page-header";
import { Pagination } from "@/components/ui/page/pagination";
import { type Column, Table } from "@/components/ui/content/table";
import { requireMember } from "@/lib/auth/member";
import { adminPaths } from "@/lib/merchants/paths";
import { auditFacets, type AuditRow, listAudit } from "@/lib/merchants/queries/audit-entries";
import { auditLabel } from "@/lib/merchants/rules/audit-actions";
import { auditFilterSchema } from "@/lib/merchants/schema";

export const metadata: Metadata = { title: "Audit log" };

type Query = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

const ACTORS: Record<string, string> = {
  member: "",
  key: "API key",
  system: "System",
  customer: "Customer",
};

export default async function AuditPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "audit.read");
  // An address with an invalid filter shows the whole log.
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
        description="Who did what, and when. Entries can’t be changed or removed."
        actions={<ExportLink href={adminPaths(slug).auditExport} filter={filter} />}
      />
      <div className="flex flex-col gap-5">
        <FilterBar label="Filter the log">
          <SearchField name="search" label="Search the log" defaultValue={filter.search} />
          <FilterSelect
            name="action"
            label="Action"
            defaultValue={filter.action}
            options={facets.actions.map((action) => ({
              value: action,
              label: auditLabel(action),
            }))}
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
                title={filtered ? "No entries found" : "No entries yet"}
                icon={<ScrollText aria-hidden="true" />}
                bare
              >
                {filtered
                  ? "Remove a filter."
                  : "Actions by members, API keys and Goodword appear here."}
              </Empty>
            }
            columns={columnsFor(scope.timeZone)}
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

function columnsFor(timeZone: string): Column<AuditRow>[] {
  return [
    {
      key: "at",
      header: "Date",
      width: "12rem",
      cell: (entry) => (
        <DateTime value={entry.at} timeZone={timeZone} locale="en" look="dateTime" />
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
            <span className="block text-[0.8125rem] text-ink-muted">{ACTORS[entry.actorKind]}</span>
          ) : null}
        </span>
      ),
    },
    { key: "what", header: "What happened", primary: true, cell: (entry) => entry.summary },
    {
      key: "action",
      header: "Action",
      secondary: true,
      cell: (entry) => (
        <span className="text-[0.8125rem] text-ink-muted">{auditLabel(entry.action)}</span>
      ),
    },
  ];
}
