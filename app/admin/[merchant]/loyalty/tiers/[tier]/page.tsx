import { SearchX, UsersRound } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { Person } from "@/components/customer/person";
import { Badge } from "@/components/ui/content/badge";
import { ButtonLink } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, SearchField } from "@/components/ui/page/filter-bar";
import { PageHeader } from "@/components/ui/page/page-header";
import { Pagination } from "@/components/ui/page/pagination";
import { Table } from "@/components/ui/content/table";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { type Query, readFilter, withQuery } from "@/lib/core/query-string";
import { tierMembers } from "@/lib/loyalty/tiers/queries/tier-members";
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
  const now = scopeNow(scope);
  return (
    <>
      <PageHeader
        title={tier.name}
        description="Everyone who has this tier, the latest to reach it first."
        breadcrumbs={[{ label: "Tiers", href: adminPaths(slug).tiers }]}
      />
      <div className="flex flex-col gap-5">
        <FilterBar label="Filter customers">
          <SearchField name="search" label="Name, address or your id" defaultValue={search} />
        </FilterBar>
        <Card flush>
          <Table
            caption={`Customers in ${tier.name}`}
            rows={page.rows}
            rowKey={(row) => row.customerId}
            rowHref={(row) => adminPaths(slug).customer(row.customerId)}
            empty={
              search ? (
                <Empty
                  title="Nobody matches"
                  icon={<SearchX aria-hidden="true" />}
                  action={<ButtonLink href={base}>Show all</ButtonLink>}
                  bare
                >
                  Try a part of the name or the address.
                </Empty>
              ) : (
                <Empty title="Nobody yet" icon={<UsersRound aria-hidden="true" />} bare>
                  Who reaches {tier.name} appears here.
                </Empty>
              )
            }
            columns={[
              {
                key: "person",
                header: "Customer",
                primary: true,
                cell: (row) => <Person person={row} avatar />,
              },
              {
                key: "reached",
                header: "Reached",
                cell: (row) => <DateTime value={row.reachedAt} timeZone={scope.timeZone} />,
              },
              {
                key: "until",
                header: "Kept until",
                cell: (row) =>
                  now < row.keepUntil ? (
                    <DateTime
                      value={new Date(row.keepUntil.getTime() - 1)}
                      timeZone={scope.timeZone}
                    />
                  ) : (
                    <span className="inline-flex flex-wrap items-center gap-2">
                      <DateTime
                        value={new Date(row.graceUntil.getTime() - 1)}
                        timeZone={scope.timeZone}
                      />
                      <Badge tone="warn">Grace period</Badge>
                    </span>
                  ),
              },
            ]}
          />
          <Pagination
            newerHref={cursor ? withQuery(base, { search }) : null}
            olderHref={
              page.nextCursor ? withQuery(base, { search, cursor: page.nextCursor }) : null
            }
            nav="Pages of customers"
          />
        </Card>
      </div>
    </>
  );
}
