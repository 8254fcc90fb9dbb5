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
  itemById,
  itemChoices,
  listRedemptions,
  pointsTaken,
} from "@/lib/loyalty/catalogue/queries";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows } from "@/lib/merchants/scope";
import { cancelByStaff, offerItem, saveCatalogueItem } from "../actions";

export const metadata: Metadata = { title: "Item" };

type Props = { params: Promise<{ merchant: string; item: string }> };

export default async function ItemPage({ params }: Props) {
  const { merchant: slug, item: id } = await params;
  const scope = await requireMember(slug, "program.read");
  const item = await found(itemById(scope, id));
  const [choices, redemptions, taken] = await Promise.all([
    itemChoices(scope),
    listRedemptions(scope, { item: id, limit: 10 }),
    pointsTaken(scope, id),
  ]);
  const admin = adminPaths(slug);
  const listHref = admin.catalogue;
  const mayEdit = scopeAllows(scope, "program.edit");
  const active = item.state === "active";
  return (
    <>
      <PageHeader
        title={item.name.en}
        description={`${itemWorthText(item.worth, scope.currency)} for ${pointsText(item.pricePoints)}`}
        status={
          active ? <StatusPill tone="good">On offer</StatusPill> : <StatusPill>Off</StatusPill>
        }
        breadcrumbs={[{ label: "Catalogue", href: listHref }]}
        actions={
          mayEdit ? (
            <ActionButton
              action={offerItem.bind(null, slug)}
              fields={{ itemId: id, state: active ? "disabled" : "active" }}
              done={active ? "No longer offered." : "On offer again."}
            >
              {active ? "Take off the catalogue" : "Put back"}
            </ActionButton>
          ) : null
        }
      />
      <div className="flex flex-col gap-6">
        <StatGrid columns={3}>
          <Stat
            label="With customers"
            value={numberText(item.redeemed)}
            note="Redeemed, less what was cancelled"
          />
          <Stat
            label="Left"
            value={item.left === null ? "No limit" : numberText(item.left)}
            note={item.stock === null ? null : `Of ${numberText(item.stock)} in all`}
          />
          <Stat
            label="Points taken for it"
            value={numberText(Number(taken))}
            note="At the prices of the day"
          />
        </StatGrid>
        <Card flush>
          <CardHeader
            title="Who got it"
            className="px-5 pt-5 pb-3"
            actions={
              redemptions.nextCursor ? (
                <TextLink
                  className="text-sm"
                  href={withQuery(`${listHref}/redemptions`, { item: id })}
                >
                  All of them
                </TextLink>
              ) : null
            }
          />
          <RedemptionTable
            rows={redemptions.rows}
            admin={admin}
            timeZone={scope.timeZone}
            without={["item"]}
            cancel={scopeAllows(scope, "reward.decide") ? cancelByStaff.bind(null, slug) : null}
            empty={
              <Empty title="Nobody yet" icon={<ShoppingBag aria-hidden="true" />} bare>
                Who buys it appears here, with what became of it.
              </Empty>
            }
          />
        </Card>
        {mayEdit ? (
          <CatalogueItemForm
            key={item.updatedAt.getTime()}
            action={saveCatalogueItem.bind(null, slug)}
            values={formOfItem(item, scope.timeZone)}
            itemId={id}
            redeemed={item.redeemed}
            currency={scope.currency}
            {...choices}
            listHref={listHref}
          />
        ) : null}
      </div>
    </>
  );
}
