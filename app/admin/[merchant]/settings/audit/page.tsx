import { ScrollText } from "lucide-react";
import type { Metadata } from "next";
import { DateTime } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { FilterDays, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { ListPage } from "@/components/ui/page/list-page";
import { type Column, Table } from "@/components/ui/content/table";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter } from "@/lib/core/query-string";
import { adminPaths } from "@/lib/merchants/paths";
import { auditFacets, type AuditRow, listAudit } from "@/lib/merchants/queries/audit-entries";
import { auditLabel } from "@/lib/merchants/rules/audit-actions";
import { type AuditFilter, auditFilterSchema } from "@/lib/merchants/schema";

export const metadata: Metadata = { title: "Audit log" };

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
  const filter = readFilter(auditFilterSchema, await searchParams);
  const [page, facets] = await Promise.all([
    pageFrom(filter, (at) => listAudit(scope, at)),
    auditFacets(scope),
  ]);
  const admin = adminPaths(slug);
  return (
    <ListPage
      title="Audit log"
      description="Who did what, and when. Entries can’t be changed or removed."
      noun="the log"
      base={admin.audit}
      filter={filter}
      nextCursor={page.nextCursor}
      exportHref={admin.auditExport}
      filters={<Filters filter={filter} facets={facets} />}
    >
      <Table
        caption="Audit log"
        rows={page.rows}
        rowKey={(entry) => entry.id}
        empty={<NoEntries isNarrowed={isNarrowed(filter)} />}
        columns={columnsFor(scope.timeZone)}
      />
    </ListPage>
  );
}

function isNarrowed({ cursor: _, limit: __, ...chosen }: AuditFilter): boolean {
  return Object.values(chosen).some((value) => value !== undefined);
}

type FiltersProps = { filter: AuditFilter; facets: Awaited<ReturnType<typeof auditFacets>> };

function Filters({ filter, facets }: FiltersProps) {
  return (
    <>
      <SearchField name="search" label="Search the log" defaultValue={filter.search} />
      <FilterSelect
        name="action"
        label="Action"
        defaultValue={filter.action}
        options={facets.actions.map((action) => ({ value: action, label: auditLabel(action) }))}
      />
      <FilterSelect
        name="actor"
        label="Who"
        defaultValue={filter.actor}
        options={facets.actors.map((actor) => ({ value: actor.id, label: actor.label }))}
      />
      <FilterDays from={filter.from} to={filter.to} />
    </>
  );
}

function NoEntries({ isNarrowed }: { isNarrowed: boolean }) {
  return (
    <Empty
      title={isNarrowed ? "No entries found" : "No entries yet"}
      icon={<ScrollText aria-hidden="true" />}
      bare
    >
      {isNarrowed ? "Remove a filter." : "Actions by members, API keys and Goodword appear here."}
    </Empty>
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
