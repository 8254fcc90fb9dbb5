import { SearchX, UsersRound } from "lucide-react";
import type { Metadata } from "next";
import { CustomerTable } from "@/components/customer/customer-table";
import { ButtonLink } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { ExportLink } from "@/components/ui/page/export-link";
import { FilterBar, SearchField } from "@/components/ui/page/filter-bar";
import { PageHeader } from "@/components/ui/page/page-header";
import { Pagination } from "@/components/ui/page/pagination";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter, withQuery } from "@/lib/core/query-string";
import { listCustomers } from "@/lib/customers/queries/customers";
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
        description="Everyone your shop has reported, and everyone who joined a program."
        actions={<ExportLink href={admin.customersExport} filter={filter} />}
      />
      <div className="flex flex-col gap-5">
        <FilterBar label="Filter customers">
          <SearchField name="search" label="Search name, email or ID" defaultValue={search} />
        </FilterBar>
        <Card flush>
          <CustomerTable
            rows={page.rows}
            asset={scope.asset}
            timeZone={scope.timeZone}
            customerHref={admin.customer}
            empty={
              search ? (
                <Empty
                  title="No customers found"
                  icon={<SearchX aria-hidden="true" />}
                  action={<ButtonLink href={base}>Show all</ButtonLink>}
                  bare
                >
                  Try part of a name or email.
                </Empty>
              ) : (
                <Empty title="No customers yet" icon={<UsersRound aria-hidden="true" />} bare>
                  Customers appear with the first purchase your shop sends, or when someone joins a
                  program.
                </Empty>
              )
            }
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
