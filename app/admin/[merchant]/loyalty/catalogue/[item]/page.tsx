import { ShoppingBag } from "lucide-react";
import type { Metadata } from "next";
import { ActionButton } from "@/components/forms/action-button";
import { CatalogueItemForm } from "@/components/loyalty/catalogue/item-form";
import { RedemptionTable } from "@/components/loyalty/catalogue/redemption-table";
import { itemWorthText } from "@/components/loyalty/catalogue/item-words";
import { pointsText } from "@/components/loyalty/words";
import { StatusPill } from "@/components/ui/content/badge";
import { TextLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { numberText } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page/page-header";
import { Stat, StatGrid } from "@/components/ui/content/stat";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { withQuery } from "@/lib/core/query-string";
import { formOfItem } from "@/lib/loyalty/catalogue/schema/item-form";
import {
  type Item,
  itemById,
  itemChoices,
  listRedemptions,
  pointsTaken,
} from "@/lib/loyalty/catalogue/queries";
import { type AdminPaths, adminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeAllows } from "@/lib/merchants/scope";
import { cancelByStaff, offerItem, saveCatalogueItem } from "../actions";

export const metadata: Metadata = { title: "Item" };

type Props = { params: Promise<{ merchant: string; item: string }> };

export default async function ItemPage({ params }: Props) {
  const { merchant: slug, item: id } = await params;
  const scope = await requireMember(slug, "program.read");
  const item = await found(itemById(scope, id));
  const [choices, taken] = await Promise.all([itemChoices(scope), pointsTaken(scope, id)]);
  const admin = adminPaths(slug);
  const listHref = admin.catalogue;
  const mayEdit = scopeAllows(scope, "program.edit");
  const active = item.state === "active";
  const worth = itemWorthText(item.worth, scope.currency);
  return (
    <>
      <PageHeader
        title={item.name.en}
        description={`${worth} for ${pointsText(item.pricePoints)}`}
        status={
          active ? <StatusPill tone="good">Available</StatusPill> : <StatusPill>Hidden</StatusPill>
        }
        breadcrumbs={[{ label: "Catalogue", href: listHref }]}
        actions={
          mayEdit ? (
            <ActionButton
              action={offerItem.bind(null, slug)}
              fields={{ itemId: id, state: active ? "disabled" : "active" }}
              done={active ? "Item hidden." : "Item available."}
            >
              {active ? "Hide" : "Show"}
            </ActionButton>
          ) : null
        }
      />
      <div className="flex flex-col gap-6">
        <Figures item={item} taken={taken} />
        <Redemptions scope={scope} admin={admin} itemId={id} />
        {mayEdit ? (
          <CatalogueItemForm
            key={item.updatedAt.getTime()}
            action={saveCatalogueItem.bind(null, slug)}
            values={formOfItem(item)}
            itemId={id}
            redeemed={item.redeemed}
            currency={scope.currency}
            timeZone={scope.timeZone}
            {...choices}
            listHref={listHref}
          />
        ) : null}
      </div>
    </>
  );
}

function Figures({ item, taken }: { item: Item; taken: bigint }) {
  return (
    <StatGrid columns={3}>
      <Stat
        label="With customers"
        value={numberText(item.redeemed)}
        note="Redeemed, minus cancellations"
      />
      <Stat
        label="Left"
        value={item.left === null ? "No limit" : numberText(item.left)}
        note={item.stock === null ? null : `Of ${numberText(item.stock)} in stock`}
      />
      <Stat
        label="Points spent on it"
        value={numberText(Number(taken))}
        note="At the price when redeemed"
      />
    </StatGrid>
  );
}

type RedemptionsProps = { scope: Scope; admin: AdminPaths; itemId: string };

async function Redemptions({ scope, admin, itemId }: RedemptionsProps) {
  const redemptions = await listRedemptions(scope, { item: itemId, limit: 10 });
  return (
    <Card flush>
      <CardHeader
        title="Redemptions"
        className="px-5 pt-5 pb-3"
        actions={
          redemptions.nextCursor ? (
            <TextLink className="text-sm" href={withQuery(admin.redemptions, { item: itemId })}>
              All redemptions
            </TextLink>
          ) : null
        }
      />
      <RedemptionTable
        rows={redemptions.rows}
        admin={admin}
        timeZone={scope.timeZone}
        without={["item"]}
        cancel={
          scopeAllows(scope, "reward.decide") ? cancelByStaff.bind(null, scope.merchantSlug) : null
        }
        empty={
          <Empty title="No redemptions yet" icon={<ShoppingBag aria-hidden="true" />} bare>
            Customers who redeem this item appear here.
          </Empty>
        }
      />
    </Card>
  );
}
