import { TicketPercent } from "lucide-react";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { NoMatches } from "@/components/ui/page/no-matches";
import { ConfirmAction } from "@/components/forms/confirm-action";
import { CodeUpload } from "@/components/reward/code-upload";
import { PoolDialog } from "@/components/reward/pool-dialog";
import { Button, TextLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { numberText } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page/page-header";
import { CursorPages } from "@/components/ui/page/cursor-pages";
import { Stat, StatGrid } from "@/components/ui/content/stat";
import { Table } from "@/components/ui/content/table";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter } from "@/lib/core/query-string";
import { adminPaths, type AdminPaths } from "@/lib/merchants/paths";
import { scopeAllows } from "@/lib/merchants/scope";
import {
  listPoolCodes,
  poolById,
  type PoolCodeRow,
  type PoolRow,
} from "@/lib/rewards/coupons/queries/pools";
import {
  MOST_UPLOAD_BYTES,
  type PoolCodeFilter,
  poolCodeFilterSchema,
} from "@/lib/rewards/coupons/schema";
import { usersOfPool } from "@/lib/rewards/coupons/queries/pool-users";
import { PoolWarning } from "./_sections/pool-warning";
import { removePool, savePool, takeOut, upload } from "../actions";

export const metadata: Metadata = { title: "Coupon pool" };

type Props = { params: Promise<{ merchant: string; pool: string }>; searchParams: Promise<Query> };

export default async function PoolPage({ params, searchParams }: Props) {
  const { merchant: slug, pool: poolId } = await params;
  const scope = await requireMember(slug, "program.read");
  const pool = await found(poolById(scope, poolId));
  const filter = readFilter(poolCodeFilterSchema, await searchParams);
  const [page, users] = await Promise.all([
    pageFrom(filter, (at) => listPoolCodes(scope, poolId, at)),
    usersOfPool(scope, poolId),
  ]);
  const admin = adminPaths(slug);
  const base = admin.couponPool(poolId);
  const mayEdit = scopeAllows(scope, "program.edit");
  const usedBy = [...users.programs, ...users.items];
  return (
    <>
      <PageHeader
        title={pool.name}
        breadcrumbs={[{ label: "Coupon pools", href: admin.couponPools }]}
        description={
          usedBy.length > 0
            ? `Provides codes for ${usedBy.map((name) => `“${name}”`).join(", ")}.`
            : "Not used by any program or catalogue item yet."
        }
        actions={
          mayEdit ? <PoolActions pool={pool} isUsed={usedBy.length > 0} slug={slug} /> : null
        }
      />
      <div className="flex flex-col gap-6">
        <PoolWarning pool={pool} isUsed={usedBy.length > 0} />
        <PoolStats pool={pool} />
        {mayEdit && !scope.isSandbox ? (
          <Card>
            <CardHeader title="Add codes" className="mb-4" />
            <CodeUpload
              action={upload.bind(null, slug)}
              poolId={poolId}
              maxBytes={MOST_UPLOAD_BYTES}
            />
          </Card>
        ) : null}
        <div className="flex flex-col gap-4">
          <CodeFilters filter={filter} />
          <Card flush>
            <CodeTable
              rows={page.rows}
              admin={admin}
              timeZone={scope.timeZone}
              empty={
                filter.search || filter.state ? (
                  <NoMatches href={base}>Try fewer characters or remove a filter.</NoMatches>
                ) : (
                  <Empty title="No codes yet" icon={<TicketPercent aria-hidden="true" />} bare>
                    Paste your codes above or choose a file.
                  </Empty>
                )
              }
            />
            <CursorPages
              base={base}
              filter={filter}
              nextCursor={page.nextCursor}
              nav="Pages of codes"
            />
          </Card>
        </div>
      </div>
    </>
  );
}

function PoolStats({ pool }: { pool: PoolRow }) {
  return (
    <StatGrid columns={3}>
      <Stat
        label="Codes left"
        value={numberText(pool.left)}
        note={`Warns below ${numberText(pool.lowAt)}`}
      />
      <Stat label="Issued" value={numberText(pool.taken)} />
      <Stat label="Rewards waiting" value={numberText(pool.waiting)} />
    </StatGrid>
  );
}

function PoolActions({ pool, isUsed, slug }: { pool: PoolRow; isUsed: boolean; slug: string }) {
  const fields = { poolId: pool.id };
  return (
    <>
      {pool.left > 0 ? (
        <ConfirmAction
          action={takeOut.bind(null, slug)}
          fields={fields}
          title="Remove unused codes?"
          danger
          description={`Removes ${numberText(pool.left)} unused codes. Issued codes stay.`}
          confirmLabel="Remove codes"
          trigger={<Button>Remove unused codes…</Button>}
        />
      ) : !isUsed && pool.waiting === 0 ? (
        <ConfirmAction
          action={removePool.bind(null, slug)}
          fields={fields}
          title="Delete this pool?"
          danger
          description="Issued codes stay on their rewards."
          confirmLabel="Delete pool"
          trigger={<Button>Delete…</Button>}
        />
      ) : null}
      <PoolDialog action={savePool.bind(null, slug)} pool={pool} trigger={<Button>Edit</Button>} />
    </>
  );
}

function CodeFilters({ filter }: { filter: PoolCodeFilter }) {
  return (
    <FilterBar label="Filter codes">
      <SearchField name="search" label="Code starts with" defaultValue={filter.search} />
      <FilterSelect
        name="state"
        label="State"
        defaultValue={filter.state}
        options={[
          { value: "free", label: "Left" },
          { value: "taken", label: "Issued" },
        ]}
      />
    </FilterBar>
  );
}

type CodeTableProps = {
  rows: PoolCodeRow[];
  admin: AdminPaths;
  timeZone: string;
  empty: ReactNode;
};

function CodeTable({ rows, admin, timeZone, empty }: CodeTableProps) {
  return (
    <Table
      caption="Codes of this pool"
      rows={rows}
      rowKey={(row) => row.code}
      columns={[
        {
          key: "code",
          header: "Code",
          primary: true,
          cell: (row) => <span className="font-mono">{row.code}</span>,
        },
        {
          key: "state",
          header: "State",
          cell: (row) =>
            row.takenAt ? (
              <span>
                Issued <DateTime value={row.takenAt} timeZone={timeZone} />
              </span>
            ) : (
              <span className="text-ink-muted">Left</span>
            ),
        },
        {
          key: "who",
          header: "For",
          cell: (row) =>
            row.rewardId ? (
              <TextLink href={admin.reward(row.rewardId)}>
                {row.customerName ?? "A customer"}
              </TextLink>
            ) : null,
        },
        {
          key: "added",
          header: "Added",
          secondary: true,
          cell: (row) => <DateTime value={row.addedAt} timeZone={timeZone} />,
        },
      ]}
      empty={empty}
    />
  );
}
