import { SearchX, UsersRound } from "lucide-react";
import type { Metadata } from "next";
import { CUSTOMER_CHOICES, CustomerTable } from "@/components/customer/customer-table";
import { ButtonLink } from "@/components/ui/controls/button";
import { Empty } from "@/components/ui/content/empty";
import { FilterDays, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { ListPage } from "@/components/ui/page/list-page";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter } from "@/lib/core/query-string";
import { listCustomers } from "@/lib/customers/queries/list-customers";
import { customerFilterSchema } from "@/lib/customers/schema";
import { adminPaths } from "@/lib/merchants/paths";
import { hiddenColumns, ListTools } from "../../_lists/list-tools";

export const metadata: Metadata = { title: "Customers" };

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

export default async function CustomersPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "customer.read");
  const filter = readFilter(customerFilterSchema, await searchParams);
  const [page, hidden] = await Promise.all([
    pageFrom(filter, (at) => listCustomers(scope, at)),
    hiddenColumns("customers"),
  ]);
  const admin = adminPaths(slug);
  const { search } = filter;
  return (
    <ListPage
      title="Customers"
      description="Everyone your shop has reported, and everyone who joined a program."
      noun="customers"
      base={admin.customers}
      filter={filter}
      nextCursor={page.nextCursor}
      exportHref={admin.customersExport}
      tools={
        <ListTools
          scope={scope}
          list="customers"
          base={admin.customers}
          columns={CUSTOMER_CHOICES}
        />
      }
      filters={
        <>
          <SearchField name="search" label="Search name, email or ID" defaultValue={search} />
          <FilterDays from={filter.from} to={filter.to} />
          <FilterSelect
            name="sort"
            label="Sort"
            without="newest"
            defaultValue={filter.sort === "newest" ? undefined : filter.sort}
            options={[
              { value: "revenue", label: "Most revenue" },
              { value: "orders", label: "Most orders" },
            ]}
          />
        </>
      }
    >
      <CustomerTable
        rows={page.rows}
        without={hidden}
        asset={scope.asset}
        timeZone={scope.timeZone}
        customerHref={admin.customer}
        empty={
          <NoCustomers
            isNarrowed={Boolean(search ?? filter.from ?? filter.to)}
            href={admin.customers}
          />
        }
      />
    </ListPage>
  );
}

function NoCustomers({ isNarrowed, href }: { isNarrowed: boolean; href: string }) {
  return isNarrowed ? (
    <Empty
      title="No customers found"
      icon={<SearchX aria-hidden="true" />}
      action={<ButtonLink href={href}>Show all</ButtonLink>}
      bare
    >
      Try part of a name or email, or other days.
    </Empty>
  ) : (
    <Empty title="No customers yet" icon={<UsersRound aria-hidden="true" />} bare>
      Customers appear with the first purchase your shop sends, or when someone joins a program.
    </Empty>
  );
}
