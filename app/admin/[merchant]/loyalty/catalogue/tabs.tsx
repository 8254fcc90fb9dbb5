import { Tabs } from "@/components/ui/page/tabs";
import type { AdminPaths } from "@/lib/merchants/paths";

/** The two sides of the catalogue: what is offered, and what was bought. */
export function CatalogueTabs({
  admin,
  current,
}: {
  admin: AdminPaths;
  current: "items" | "redemptions";
}) {
  return (
    <Tabs
      label="Catalogue"
      current={current === "items" ? admin.catalogue : admin.redemptions}
      tabs={[
        { label: "Items", href: admin.catalogue, exact: true },
        { label: "Redemptions", href: admin.redemptions },
      ]}
    />
  );
}
