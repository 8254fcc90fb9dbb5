import { Banknote } from "lucide-react";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { NoMatches } from "@/components/ui/page/no-matches";
import { PAYOUT_STATE_LABELS, PayoutState } from "@/components/reward/payout-state";
import { RewardTabs } from "@/components/reward/reward-tabs";
import { Alert } from "@/components/ui/content/alert";
import { ButtonLink } from "@/components/ui/controls/button";
import { DateTime, Money } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { FilterDays, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { ListPage } from "@/components/ui/page/list-page";
import { Table } from "@/components/ui/content/table";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter } from "@/lib/core/query-string";
import type { Asset } from "@/lib/core/money";
import { adminPaths, type AdminPaths } from "@/lib/merchants/paths";
import { scopeAllows } from "@/lib/merchants/scope";
import { listPayouts, type PayoutRow } from "@/lib/rewards/payouts/queries/payouts";
import { BATCH_STATES, batchFilterSchema } from "@/lib/rewards/payouts/schema";
import { type WaitingCounts, waitingCounts } from "@/lib/rewards/queries/deliveries";

export const metadata: Metadata = { title: "Payouts" };

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

export default async function PayoutsPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "referral.read");
  const filter = readFilter(batchFilterSchema, await searchParams);
  const [page, counts] = await Promise.all([
    pageFrom(filter, (at) => listPayouts(scope, at)),
    waitingCounts(scope),
  ]);
  const admin = adminPaths(slug);
  const { cursor: _, limit: __, ...chosen } = filter;
  const isFiltered = Object.values(chosen).some((value) => value !== undefined);
  const prepare =
    scopeAllows(scope, "payout.manage") && counts.payable > 0 ? (
      <ButtonLink href={admin.newPayout}>Prepare a payout</ButtonLink>
    ) : null;
  return (
    <ListPage
      title="Rewards"
      description="Group earned cash into payouts, pay them at your bank, then mark them as paid."
      noun="payouts"
      base={admin.payouts}
      filter={filter}
      nextCursor={page.nextCursor}
      tabs={<RewardTabs admin={admin} counts={counts} />}
      notices={
        counts.payable > 0 ? (
          <PayableAlert counts={counts} asset={scope.asset} action={prepare} />
        ) : null
      }
      filters={
        <>
          <SearchField name="search" label="Number or reference" defaultValue={filter.search} />
          <FilterSelect
            name="state"
            label="State"
            defaultValue={filter.state}
            options={BATCH_STATES.map((state) => ({
              value: state,
              label: PAYOUT_STATE_LABELS[state],
            }))}
          />
          <FilterDays from={filter.from} to={filter.to} />
        </>
      }
    >
      <PayoutTable
        rows={page.rows}
        admin={admin}
        timeZone={scope.timeZone}
        empty={
          isFiltered ? (
            <NoMatches href={admin.payouts} />
          ) : (
            <Empty title="No payouts yet" icon={<Banknote aria-hidden="true" />} bare>
              {counts.payable > 0
                ? "Prepare one, take the file to your bank, and mark it as paid."
                : "Cash rewards appear here when their hold ends."}
            </Empty>
          )
        }
      />
    </ListPage>
  );
}

type PayableAlertProps = { counts: WaitingCounts; asset: Asset; action: ReactNode };

function PayableAlert({ counts, asset, action }: PayableAlertProps) {
  return (
    <Alert
      tone="neutral"
      title={
        <>
          <Money value={{ minor: counts.payableMinor, asset: asset }} /> to be paid
        </>
      }
      action={action}
    >
      {counts.payable === 1
        ? "One cash reward is not in a payout yet."
        : `${counts.payable} cash rewards are not in a payout yet.`}
    </Alert>
  );
}

type PayoutTableProps = {
  rows: PayoutRow[];
  admin: AdminPaths;
  timeZone: string;
  empty: ReactNode;
};

function PayoutTable({ rows, admin, timeZone, empty }: PayoutTableProps) {
  return (
    <Table
      caption="Payouts"
      narrow="dense"
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => admin.payout(row.id)}
      columns={[
        {
          key: "number",
          header: "Payout",
          primary: true,
          cell: (row) => <span className="figure">No. {row.number}</span>,
        },
        { key: "state", header: "State", cell: (row) => <PayoutState state={row.state} /> },
        {
          key: "created",
          header: "Prepared",
          secondary: true,
          cell: (row) => <DateTime value={row.createdAt} timeZone={timeZone} />,
        },
        {
          key: "paid",
          header: "Paid",
          cell: (row) => (row.paidAt ? <DateTime value={row.paidAt} timeZone={timeZone} /> : null),
        },
        {
          key: "reference",
          header: "Reference",
          secondary: true,
          cell: (row) => <span className="text-ink-muted">{row.reference}</span>,
        },
        { key: "rewards", header: "Rewards", numeric: true, cell: (row) => row.rewards },
        {
          key: "total",
          header: "Total",
          numeric: true,
          aside: true,
          cell: (row) => <Money value={{ minor: row.totalMinor, asset: row.asset }} />,
        },
      ]}
      empty={empty}
    />
  );
}
