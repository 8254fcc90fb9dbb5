import { ShoppingBag } from "lucide-react";
import type { Metadata } from "next";
import { RedemptionTable } from "@/components/loyalty/catalogue/redemption-table";
import { ButtonLink } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { NoMatch } from "@/components/loyalty/no-match";
import { PageHeader } from "@/components/ui/page/page-header";
import { Pagination } from "@/components/ui/page/pagination";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter, withQuery } from "@/lib/core/query-string";
import {
  itemNames,
  listRedemptions,
  type RedemptionFilter,
  redemptionFilterSchema,
} from "@/lib/loyalty/catalogue/queries";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows } from "@/lib/merchants/scope";
import { cancelByStaff } from "../actions";
import { CatalogueTabs } from "../tabs";

export const metadata: Metadata = { title: "Redemptions" };

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

export default async function RedemptionsPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "referral.read");
  const filter = readFilter(redemptionFilterSchema, await searchParams);
  const [page, items] = await Promise.all([
    pageFrom(filter, (at) => listRedemptions(scope, at)),
    itemNames(scope),
  ]);
  const admin = adminPaths(slug);
  const catalogue = admin.catalogue;
  const base = admin.redemptions;
  const { cursor, limit: _, ...chosen } = filter;
  const isFiltered = Object.values(chosen).some((value) => value !== undefined);
  return (
    <>
      <PageHeader
        title="Catalogue"
        description="What customers bought with their points, and its status."
      />
      <CatalogueTabs admin={admin} current="redemptions" />
      <div className="flex flex-col gap-5">
        <Filters filter={filter} items={items} />
        <Card flush>
          <RedemptionTable
            rows={page.rows}
            admin={admin}
            timeZone={scope.timeZone}
            cancel={scopeAllows(scope, "reward.decide") ? cancelByStaff.bind(null, slug) : null}
            empty={
              isFiltered ? (
                <NoMatch allHref={base} />
              ) : (
                <Empty
                  title="No redemptions yet"
                  icon={<ShoppingBag aria-hidden="true" />}
                  action={<ButtonLink href={catalogue}>Open catalogue</ButtonLink>}
                  bare
                >
                  What customers buy with their points appears here.
                </Empty>
              )
            }
          />
          <Pagination
            newerHref={cursor ? withQuery(base, chosen) : null}
            olderHref={
              page.nextCursor ? withQuery(base, { ...chosen, cursor: page.nextCursor }) : null
            }
            nav="Redemption pages"
          />
        </Card>
      </div>
    </>
  );
}

function Filters({
  filter,
  items,
}: {
  filter: RedemptionFilter;
  items: readonly { id: string; name: string }[];
}) {
  return (
    <FilterBar label="Filter redemptions">
      <SearchField name="search" label="Name, email or code" defaultValue={filter.search} />
      <FilterSelect
        name="item"
        label="Item"
        defaultValue={filter.item}
        options={items.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <FilterSelect
        name="state"
        label="Status"
        defaultValue={filter.state}
        options={[
          { value: "done", label: "Active" },
          { value: "cancelled", label: "Cancelled" },
        ]}
      />
    </FilterBar>
  );
}
