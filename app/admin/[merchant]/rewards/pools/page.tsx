import { TicketPercent } from "lucide-react";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { NoMatches } from "@/components/ui/page/no-matches";
import { PoolDialog } from "@/components/reward/pool-dialog";
import { RewardTabs } from "@/components/reward/reward-tabs";
import { Alert } from "@/components/ui/content/alert";
import { StatusPill } from "@/components/ui/content/badge";
import { Button } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, SearchField } from "@/components/ui/page/filter-bar";
import { numberText } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page/page-header";
import { CursorPages } from "@/components/ui/page/cursor-pages";
import { Table } from "@/components/ui/content/table";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter } from "@/lib/core/query-string";
import { adminPaths, type AdminPaths } from "@/lib/merchants/paths";
import { scopeAllows } from "@/lib/merchants/scope";
import { listPools, type PoolRow } from "@/lib/rewards/coupons/queries/pools";
import { poolFilterSchema } from "@/lib/rewards/coupons/schema";
import { waitingCounts } from "@/lib/rewards/queries/deliveries";
import { makePool } from "./actions";

export const metadata: Metadata = { title: "Coupon pools" };

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

export default async function PoolsPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "program.read");
  const filter = readFilter(poolFilterSchema, await searchParams);
  const [page, counts] = await Promise.all([
    pageFrom(filter, (at) => listPools(scope, at)),
    waitingCounts(scope),
  ]);
  const admin = adminPaths(slug);
  const make = scopeAllows(scope, "program.edit") ? (
    <PoolDialog
      action={makePool.bind(null, slug)}
      trigger={<Button variant="primary">New pool</Button>}
    />
  ) : undefined;
  return (
    <>
      <PageHeader
        title="Rewards"
        description="Your own coupon codes, issued one by one."
        actions={make}
      />
      <RewardTabs admin={admin} counts={counts} />
      <div className="flex flex-col gap-5">
        {scope.isSandbox ? (
          <Alert title="Test mode uses made-up codes">
            Programs in test mode issue codes that begin with TEST, and use none of yours.
          </Alert>
        ) : null}
        <FilterBar label="Filter pools">
          <SearchField name="search" label="Name" defaultValue={filter.search} />
        </FilterBar>
        <Card flush>
          <PoolTable
            rows={page.rows}
            admin={admin}
            timeZone={scope.timeZone}
            empty={
              filter.search ? (
                <NoMatches href={admin.couponPools}>Try fewer letters.</NoMatches>
              ) : (
                <Empty
                  title="No pools yet"
                  icon={<TicketPercent aria-hidden="true" />}
                  action={make}
                  bare
                >
                  Add your shop’s own coupon codes to a pool, then choose the pool in a program.
                  Without a pool, codes are generated from a pattern.
                </Empty>
              )
            }
          />
          <CursorPages
            base={admin.couponPools}
            filter={filter}
            nextCursor={page.nextCursor}
            nav="Pages of pools"
          />
        </Card>
      </div>
    </>
  );
}

type PoolTableProps = {
  rows: PoolRow[];
  admin: AdminPaths;
  timeZone: string;
  empty: ReactNode;
};

function PoolTable({ rows, admin, timeZone, empty }: PoolTableProps) {
  return (
    <Table
      caption="Coupon pools"
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => admin.couponPool(row.id)}
      columns={[
        { key: "name", header: "Pool", primary: true, cell: (row) => row.name },
        { key: "state", header: "State", cell: (row) => <PoolState pool={row} /> },
        { key: "left", header: "Left", numeric: true, cell: (row) => numberText(row.left) },
        {
          key: "taken",
          header: "Issued",
          numeric: true,
          cell: (row) => numberText(row.taken),
        },
        {
          key: "created",
          header: "Created",
          secondary: true,
          cell: (row) => <DateTime value={row.createdAt} timeZone={timeZone} />,
        },
      ]}
      empty={empty}
    />
  );
}

function PoolState({ pool }: { pool: PoolRow }) {
  if (pool.waiting > 0)
    return <StatusPill tone="bad">{`${pool.waiting} waiting for a code`}</StatusPill>;
  if (pool.left === 0) return <StatusPill tone="warn">Empty</StatusPill>;
  return pool.isLow ? (
    <StatusPill tone="warn">Low</StatusPill>
  ) : (
    <StatusPill tone="good">Enough</StatusPill>
  );
}
