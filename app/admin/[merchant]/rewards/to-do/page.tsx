import { Gift } from "lucide-react";
import type { Metadata } from "next";
import { ProgramFilter } from "@/components/program/program-filter";
import { NoMatches } from "@/components/ui/page/no-matches";
import { Person, personName } from "@/components/customer/person";
import { ReasonDialog } from "@/components/forms/reason-dialog";
import { RewardTabs } from "@/components/reward/reward-tabs";
import { type DeliveryItem, DeliveryList } from "@/components/reward/delivery-list";
import { rewardWorth } from "@/components/reward/worth";
import { Button, ButtonLink } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { DateTime, RelativeTime } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { PageHeader } from "@/components/ui/page/page-header";
import { CursorPages } from "@/components/ui/page/cursor-pages";
import { Table } from "@/components/ui/content/table";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter, withQuery } from "@/lib/core/query-string";
import { adminPaths, type AdminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeAllows, scopeNow } from "@/lib/merchants/scope";
import { programNames } from "@/lib/programs/queries";
import { benefitKind } from "@/lib/terms/kinds/benefits";
import {
  DELIVERY_KINDS,
  type DeliveryFilter,
  listDeliveries,
  deliveryFilterSchema,
  type DeliveryRow,
  waitingCounts,
} from "@/lib/rewards/queries/deliveries";
import { markDelivered, undoDelivered, undoDeliveredMany } from "../actions";

export const metadata: Metadata = { title: "To deliver" };

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

export default async function ToDoPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "referral.read");
  const filter = readFilter(deliveryFilterSchema, await searchParams);
  const [page, programs, counts] = await Promise.all([
    pageFrom(filter, (at) => listDeliveries(scope, at)),
    programNames(scope),
    waitingCounts(scope),
  ]);
  const admin = adminPaths(slug);
  const { cursor, limit: _, ...chosen } = filter;
  const { show, ...narrowed } = chosen;
  const isFiltered = Object.values(narrowed).some((value) => value !== undefined);
  const mayDecide = scopeAllows(scope, "reward.decide");
  const many = programs.length > 1;
  return (
    <>
      <PageHeader
        title="Rewards"
        description="Gifts, event places and donations that your team must deliver."
      />
      <RewardTabs admin={admin} counts={counts} />
      <div className="flex flex-col gap-5">
        <DeliveryFilters filter={filter} programs={programs} href={admin.rewardTasks} />
        <Card flush>
          {page.rows.length === 0 ? (
            isFiltered ? (
              <NoMatches href={admin.rewardTasks} />
            ) : (
              <NoDeliveries isDone={show === "done"} />
            )
          ) : show === "done" ? (
            <DoneTable
              rows={page.rows}
              slug={slug}
              admin={admin}
              timeZone={scope.timeZone}
              mayDecide={mayDecide}
            />
          ) : (
            <DeliveryList
              // The selection belongs to these rows.
              key={page.rows.map(({ id }) => id).join()}
              actions={
                mayDecide
                  ? {
                      deliver: markDelivered.bind(null, slug),
                      undo: undoDeliveredMany.bind(null, slug),
                    }
                  : null
              }
              withProgram={many}
              items={page.rows.map((row) => itemOf(row, admin, scope))}
            />
          )}
          <CursorPages
            base={admin.rewardTasks}
            filter={filter}
            nextCursor={page.nextCursor}
            nav="Pages of deliveries"
          />
        </Card>
      </div>
    </>
  );
}

/** A row as the list shows it. */
function itemOf(row: DeliveryRow, admin: AdminPaths, scope: Scope): DeliveryItem {
  return {
    id: row.id,
    href: admin.reward(row.id),
    what: rewardWorth(row),
    who: personName(ownerOf(row)),
    person: <Person person={ownerOf(row)} />,
    program: row.programName,
    note: row.note,
    since: <RelativeTime value={row.at} now={scopeNow(scope)} timeZone={scope.timeZone} />,
    expires: row.expiresAt ? (
      <DateTime value={row.expiresAt} timeZone={scope.timeZone} />
    ) : (
      <span className="text-ink-muted">No date</span>
    ),
  };
}

type DeliveryFiltersProps = {
  filter: DeliveryFilter;
  programs: Awaited<ReturnType<typeof programNames>>;
  href: string;
};

function DeliveryFilters({ filter, programs, href }: DeliveryFiltersProps) {
  const { show, cursor: _, limit: __, ...narrowed } = filter;
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <FilterBar label="Filter deliveries" keep={["show"]}>
        <SearchField name="search" label="Name, email or reward" defaultValue={filter.search} />
        <FilterSelect
          name="kind"
          label="Kind"
          defaultValue={filter.kind}
          options={DELIVERY_KINDS.map((kind) => ({
            value: kind,
            label: benefitKind(kind).form.label,
          }))}
        />
        <ProgramFilter programs={programs} chosen={filter.program} />
      </FilterBar>
      <nav aria-label="Status" className="flex gap-1">
        {(["waiting", "done"] as const).map((option) => (
          <ButtonLink
            key={option}
            size="sm"
            variant={option === show ? "secondary" : "quiet"}
            aria-current={option === show ? "true" : undefined}
            href={withQuery(href, {
              ...narrowed,
              show: option === "done" ? option : null,
            })}
          >
            {option === "done" ? "Recently delivered" : "Waiting"}
          </ButtonLink>
        ))}
      </nav>
    </div>
  );
}

function NoDeliveries({ isDone }: { isDone: boolean }) {
  return (
    <Empty
      title={isDone ? "No recent deliveries" : "Nothing to deliver"}
      icon={<Gift aria-hidden="true" />}
      bare
    >
      {isDone
        ? "Deliveries stay here for 30 days, so you can undo a mistake."
        : "Gifts, event places and donations appear here when their hold ends."}
    </Empty>
  );
}

type DoneTableProps = {
  rows: DeliveryRow[];
  slug: string;
  admin: AdminPaths;
  timeZone: string;
  mayDecide: boolean;
};

function DoneTable({ rows, slug, admin, timeZone, mayDecide }: DoneTableProps) {
  return (
    <Table
      caption="Recently delivered"
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => admin.reward(row.id)}
      columns={[
        { key: "what", header: "What", primary: true, cell: (row) => rewardWorth(row) },
        { key: "who", header: "For", cell: (row) => <Person person={ownerOf(row)} /> },
        {
          key: "note",
          header: "Note",
          secondary: true,
          cell: (row) => <span className="text-ink-muted">{row.note}</span>,
        },
        {
          key: "at",
          header: "Delivered",
          cell: (row) => <DateTime value={row.at} timeZone={timeZone} look="dateTime" />,
        },
        ...(mayDecide
          ? [
              {
                key: "undo",
                header: <span className="sr-only">Undo</span>,
                acts: true,
                cell: (row: DeliveryRow) => (
                  <ReasonDialog
                    action={undoDelivered.bind(null, slug)}
                    fields={{ rewardId: row.id }}
                    title="Undo the delivery?"
                    description="The reward will wait for delivery again."
                    hint="Recorded in the audit log."
                    confirmLabel="Undo delivery"
                    done="The reward is waiting for delivery again."
                    trigger={<Button size="sm">Undo…</Button>}
                  />
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

function ownerOf(row: DeliveryRow) {
  return { name: row.customerName, email: row.customerEmail, externalId: row.customerExternalId };
}
