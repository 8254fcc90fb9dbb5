import type { Metadata } from "next";
import { CatalogueItemForm } from "@/components/loyalty/catalogue/item-form";
import { PageHeader } from "@/components/ui/page/page-header";
import { requireMember } from "@/lib/auth/member";
import { emptyItemForm } from "@/lib/loyalty/catalogue/schema/item-form";
import { itemChoices } from "@/lib/loyalty/catalogue/queries";
import { saveCatalogueItem } from "../actions";
import { adminPaths } from "@/lib/merchants/paths";

export const metadata: Metadata = { title: "New item" };

export default async function NewItemPage({ params }: { params: Promise<{ merchant: string }> }) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "program.edit");
  const choices = await itemChoices(scope);
  const listHref = adminPaths(slug).catalogue;
  return (
    <>
      <PageHeader title="New item" breadcrumbs={[{ label: "Catalogue", href: listHref }]} />
      <CatalogueItemForm
        action={saveCatalogueItem.bind(null, slug)}
        values={emptyItemForm()}
        itemId={null}
        redeemed={0}
        currency={scope.currency}
        timeZone={scope.timeZone}
        {...choices}
        listHref={listHref}
      />
    </>
  );
}
