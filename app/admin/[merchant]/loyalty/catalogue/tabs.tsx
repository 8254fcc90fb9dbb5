import { Tabs } from "@/components/ui/page/tabs";

/** The two sides of the catalogue: what is offered, and what was bought. */
export function CatalogueTabs({
  base,
  current,
}: {
  base: string;
  current: "items" | "redemptions";
}) {
  return (
    <Tabs
      label="Catalogue"
      current={current === "items" ? base : `${base}/redemptions`}
      tabs={[
        { label: "Items", href: base, exact: true },
        { label: "Redemptions", href: `${base}/redemptions` },
      ]}
    />
  );
}
