import { SearchX, UsersRound } from "lucide-react";
import type { Metadata } from "next";
import { Person } from "@/components/customer/person";
import { Badge } from "@/components/ui/content/badge";
import { ButtonLink } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { DateTime, Money } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, SearchField } from "@/components/ui/page/filter-bar";
import { numberText } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page/page-header";
import { Pagination } from "@/components/ui/page/pagination";
import { Table } from "@/components/ui/content/table";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter, withQuery } from "@/lib/core/query-string";
import { listCustomers } from "@/lib/customers/queries";
import { customerFilterSchema } from "@/lib/customers/schema";
import { adminPaths } from "@/lib/merchants/paths";

export const metadata: Metadata = { title: "Customers" };

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

export default async function CustomersPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "customer.read");
  const filter = readFilter(customerFilterSchema, await searchParams);
  const page = await pageFrom(filter, (at) => listCustomers(scope, at));
  const admin = adminPaths(slug);
  const base = admin.customers;
  const { search } = filter;
  return (
    <>
      <PageHeader
        title="Customers"
        description="Everyone your shop told us about, and everyone who joined a program."
      />
      <div className="flex flex-col gap-5">
        <FilterBar label="Filter customers">
          <SearchField name="search" label="Name, address or your id" defaultValue={search} />
        </FilterBar>
        <Card flush>
          <Table
            caption="Customers"
            rows={page.rows}
            rowKey={(row) => row.id}
            rowHref={(row) => admin.customer(row.id)}
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
                  Customers come with the first purchase that your shop sends, or when someone joins
                  a program.
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
                key: "id",
                header: "Your id",
                secondary: true,
                cell: (row) => <span className="text-ink-muted">{row.externalId}</span>,
              },
              {
                key: "role",
                header: "Part",
                cell: (row) =>
                  row.advocacies > 0 || row.referred ? (
                    <span className="inline-flex flex-wrap gap-1.5">
                      {row.advocacies > 0 ? <Badge tone="accent">Advocate</Badge> : null}
                      {row.referred ? <Badge>Friend</Badge> : null}
                    </span>
                  ) : null,
              },
              {
                key: "orders",
                header: "Orders",
                numeric: true,
                cell: (row) => numberText(row.orderCount),
              },
              {
                key: "revenue",
                header: "Revenue",
                numeric: true,
                cell: (row) => <Money value={{ minor: row.revenueMinor, asset: scope.asset }} />,
              },
              {
                key: "last",
                header: "Last order",
                secondary: true,
                cell: (row) =>
                  row.lastOrderAt ? (
                    <DateTime value={row.lastOrderAt} timeZone={scope.timeZone} />
                  ) : null,
              },
              {
                key: "since",
                header: "Since",
                cell: (row) => <DateTime value={row.createdAt} timeZone={scope.timeZone} />,
              },
            ]}
          />
          <Pagination
            newerHref={filter.cursor ? withQuery(base, { search }) : null}
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
