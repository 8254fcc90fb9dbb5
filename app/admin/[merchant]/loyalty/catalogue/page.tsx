import { Plus, ShoppingBag } from "lucide-react";
import type { Metadata } from "next";
import { ItemTable } from "@/components/loyalty/catalogue/item-table";
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
  itemChoices,
  type ItemFilter,
  itemFilterSchema,
  listItems,
} from "@/lib/loyalty/catalogue/queries";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows } from "@/lib/merchants/scope";
import { moveCatalogueItem, offerItem } from "./actions";
import { CatalogueTabs } from "./tabs";

export const metadata: Metadata = { title: "Catalogue" };

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

export default async function CataloguePage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "program.read");
  const filter = readFilter(itemFilterSchema, await searchParams);
  const [page, { tiers }] = await Promise.all([
    pageFrom(filter, (at) => listItems(scope, at)),
    itemChoices(scope),
  ]);
  const admin = adminPaths(slug);
  const base = admin.catalogue;
  const { cursor, limit: _, ...chosen } = filter;
  const isFiltered = Object.values(chosen).some((value) => value !== undefined);
  const mayEdit = scopeAllows(scope, "program.edit");
  const add = (
    <ButtonLink variant="primary" href={admin.newCatalogueItem} icon={<Plus aria-hidden="true" />}>
      Add item
    </ButtonLink>
  );
  return (
    <>
      <PageHeader
        title="Catalogue"
        description="The rewards that customers can buy with their points."
        actions={mayEdit ? add : null}
      />
      <CatalogueTabs admin={admin} current="items" />
      <div className="flex flex-col gap-5">
        <Filters filter={filter} tiers={tiers} />
        <Card flush>
          <ItemTable
            items={page.rows}
            itemHref={admin.catalogueItem}
            currency={scope.currency}
            ordered={!isFiltered}
            actions={
              mayEdit
                ? { move: moveCatalogueItem.bind(null, slug), setState: offerItem.bind(null, slug) }
                : null
            }
            empty={
              isFiltered ? (
                <NoMatch allHref={base} />
              ) : (
                <Empty
                  title="The catalogue is empty"
                  icon={<ShoppingBag aria-hidden="true" />}
                  action={mayEdit ? add : null}
                  bare
                >
                  Start with something small that most customers can soon afford, and something to
                  save up for.
                </Empty>
              )
            }
          />
          <Pagination
            newerHref={cursor ? withQuery(base, chosen) : null}
            olderHref={
              page.nextCursor ? withQuery(base, { ...chosen, cursor: page.nextCursor }) : null
            }
            nav="Catalogue pages"
          />
        </Card>
      </div>
    </>
  );
}

function Filters({
  filter,
  tiers,
}: {
  filter: ItemFilter;
  tiers: readonly { id: string; name: string }[];
}) {
  return (
    <FilterBar label="Filter catalogue">
      <SearchField name="search" label="Name" defaultValue={filter.search} />
      <FilterSelect
        name="state"
        label="Status"
        defaultValue={filter.state}
        options={[
          { value: "active", label: "Available" },
          { value: "disabled", label: "Hidden" },
        ]}
      />
      {tiers.length > 0 ? (
        <FilterSelect
          name="tier"
          label="Tier"
          defaultValue={filter.tier}
          options={tiers.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : null}
    </FilterBar>
  );
}
