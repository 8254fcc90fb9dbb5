import { BookOpen } from "lucide-react";
import type { Metadata } from "next";
import { NoMatches } from "@/components/ui/page/no-matches";
import { TransferList } from "@/components/ledger/transfer-list";
import { KIND_WORDS } from "@/components/ledger/words";
import { ButtonLink } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { DateRangePicker } from "@/components/ui/controls/date-range-picker";
import { datePresets } from "@/components/ui/controls/date-range";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { PageHeader } from "@/components/ui/page/page-header";
import { CursorPages } from "@/components/ui/page/cursor-pages";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter, withQuery } from "@/lib/core/query-string";
import { dateInZone } from "@/lib/core/time";
import { ACCOUNT_KINDS } from "@/lib/ledger/rules/accounts";
import { type TransferFilter, transferFilterSchema } from "@/lib/ledger/schema";
import { listTransfers } from "@/lib/ledger/queries/list-transfers";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeNow } from "@/lib/merchants/scope";
import { LedgerTabs } from "../tabs";

export const metadata: Metadata = { title: "Ledger transfers" };

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

export default async function TransfersPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "ledger.read");
  const filter = readFilter(transferFilterSchema, await searchParams);
  const page = await pageFrom(filter, (at) => listTransfers(scope, at));
  const admin = adminPaths(slug);
  const base = admin.transfers;
  const { cursor: _, limit: __, ...chosen } = filter;
  const isFiltered = Object.values(chosen).some((value) => value !== undefined);
  const today = dateInZone(scopeNow(scope), scope.timeZone);
  return (
    <>
      <PageHeader
        title="Ledger"
        description="Every transfer, newest first. A mistake is undone by another transfer."
        actions={<DateFilter filter={filter} today={today} base={base} />}
      />
      <LedgerTabs admin={admin} />
      <div className="flex flex-col gap-5">
        <FilterBar label="Filter transfers" keep={["customer", "reward", "from", "to"]}>
          <SearchField name="q" label="Cause, description or actor" defaultValue={filter.q} />
          <FilterSelect
            name="kind"
            label="Account"
            defaultValue={filter.kind}
            options={ACCOUNT_KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind].label }))}
          />
        </FilterBar>
        {filter.customer || filter.reward ? (
          <p className="text-sm text-ink-muted">
            Only {filter.customer ? "one customer’s" : "one reward’s"} transfers.{" "}
            <ButtonLink size="sm" variant="quiet" href={base}>
              Show all
            </ButtonLink>
          </p>
        ) : null}
        <Card flush>
          <TransferList
            rows={page.rows}
            admin={admin}
            timeZone={scope.timeZone}
            empty={
              isFiltered ? (
                <NoMatches href={base} />
              ) : (
                <Empty title="No transfers yet" icon={<BookOpen aria-hidden="true" />} bare>
                  They begin with the first reward.
                </Empty>
              )
            }
          />
          <CursorPages
            base={base}
            filter={filter}
            nextCursor={page.nextCursor}
            nav="Pages of transfers"
          />
        </Card>
      </div>
    </>
  );
}

type DateFilterProps = { filter: TransferFilter; today: string; base: string };

function DateFilter({ filter, today, base }: DateFilterProps) {
  const { cursor: _, limit: __, ...chosen } = filter;
  return filter.from && filter.to ? (
    <DateRangePicker
      range={{ from: filter.from, to: filter.to }}
      presets={datePresets(today)}
      max={today}
      comparable={false}
    />
  ) : (
    <ButtonLink href={withQuery(base, { ...chosen, from: `${today.slice(0, 7)}-01`, to: today })}>
      Choose dates
    </ButtonLink>
  );
}
