import { ShoppingBag } from "lucide-react";
import type { Metadata } from "next";
import { RedemptionTable } from "@/components/loyalty/catalogue/redemption-table";
import { ButtonLink } from "@/components/ui/controls/button";
import { Empty } from "@/components/ui/content/empty";
import { FilterDays, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { ListPage } from "@/components/ui/page/list-page";
import { NoMatches } from "@/components/ui/page/no-matches";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter } from "@/lib/core/query-string";
import {
  itemNames,
  listRedemptions,
  type RedemptionFilter,
  redemptionFilterSchema,
} from "@/lib/loyalty/catalogue/queries";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows } from "@/lib/merchants/scope";
import { ListTools } from "../../../_lists/list-tools";
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
  const { cursor: _, limit: __, ...chosen } = filter;
  const isFiltered = Object.values(chosen).some((value) => value !== undefined);
  return (
    <ListPage
      title="Catalogue"
      description="What customers bought with their points, and its status."
      noun="redemptions"
      base={base}
      filter={filter}
      nextCursor={page.nextCursor}
      exportHref={admin.redemptionsExport}
      tabs={<CatalogueTabs admin={admin} current="redemptions" />}
      tools={<ListTools scope={scope} list="redemptions" base={base} />}
      filters={<Filters filter={filter} items={items} />}
    >
      <RedemptionTable
        rows={page.rows}
        admin={admin}
        timeZone={scope.timeZone}
        cancel={scopeAllows(scope, "reward.decide") ? cancelByStaff.bind(null, slug) : null}
        empty={
          isFiltered ? (
            <NoMatches href={base} />
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
    </ListPage>
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
    <>
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
      <FilterDays from={filter.from} to={filter.to} />
    </>
  );
}
