import { UsersRound } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { Person } from "@/components/customer/person";
import { NoMatch } from "@/components/loyalty/no-match";
import { Badge } from "@/components/ui/content/badge";
import { Card } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, SearchField } from "@/components/ui/page/filter-bar";
import { PageHeader } from "@/components/ui/page/page-header";
import { Pagination } from "@/components/ui/page/pagination";
import { type Column, Table } from "@/components/ui/content/table";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { type Query, readFilter, withQuery } from "@/lib/core/query-string";
import { type TierMember, tierMembers } from "@/lib/loyalty/tiers/queries/tier-members";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeNow } from "@/lib/merchants/scope";

export const metadata: Metadata = { title: "Tier" };

const filterSchema = z.object({
  search: z.string().trim().max(200).optional(),
  cursor: z.string().max(400).optional(),
});

type Props = { params: Promise<{ merchant: string; tier: string }>; searchParams: Promise<Query> };

/** Who has a tier. */
export default async function TierPage({ params, searchParams }: Props) {
  const { merchant: slug, tier: tierId } = await params;
  const scope = await requireMember(slug, "customer.read");
  const filter = readFilter(filterSchema, await searchParams);
  const { search, cursor } = filter;
  const { tier, page } = await found(tierMembers(scope, { tierId, search, cursor, limit: 50 }));
  const base = adminPaths(slug).tier(tierId);
  return (
    <>
      <PageHeader
        title={tier.name}
        description="Customers who have this tier, latest first."
        breadcrumbs={[{ label: "Tiers", href: adminPaths(slug).tiers }]}
      />
      <div className="flex flex-col gap-5">
        <FilterBar label="Filter customers">
          <SearchField name="search" label="Name, email or your ID" defaultValue={search} />
        </FilterBar>
        <Card flush>
          <Table
            caption={`Customers in ${tier.name}`}
            rows={page.rows}
            rowKey={(row) => row.customerId}
            rowHref={(row) => adminPaths(slug).customer(row.customerId)}
            empty={
              search ? (
                <NoMatch allHref={base} hint="Try part of the name or email." />
              ) : (
                <Empty title="No customers yet" icon={<UsersRound aria-hidden="true" />} bare>
                  Customers who reach {tier.name} appear here.
                </Empty>
              )
            }
            columns={columnsFor(scope.timeZone, scopeNow(scope))}
          />
          <Pagination
            newerHref={cursor ? withQuery(base, { search }) : null}
            olderHref={
              page.nextCursor ? withQuery(base, { search, cursor: page.nextCursor }) : null
            }
            nav="Customer pages"
          />
        </Card>
      </div>
    </>
  );
}

function columnsFor(timeZone: string, now: Date): Column<TierMember>[] {
  return [
    {
      key: "person",
      header: "Customer",
      primary: true,
      cell: (row) => <Person person={row} avatar />,
    },
    {
      key: "reached",
      header: "Reached",
      cell: (row) => <DateTime value={row.reachedAt} timeZone={timeZone} />,
    },
    {
      key: "until",
      header: "Kept until",
      cell: (row) =>
        now < row.keepUntil ? (
          <DateTime value={new Date(row.keepUntil.getTime() - 1)} timeZone={timeZone} />
        ) : (
          <span className="inline-flex flex-wrap items-center gap-2">
            <DateTime value={new Date(row.graceUntil.getTime() - 1)} timeZone={timeZone} />
            <Badge tone="warn">Grace period</Badge>
          </span>
        ),
    },
  ];
}
