import { Tabs } from "@/components/ui/page/tabs";

export function LedgerTabs({ base }: { base: string }) {
  return (
    <Tabs
      label="Parts of the ledger"
      tabs={[
        { label: "Where it stands", href: base, exact: true },
        { label: "Transfers", href: `${base}/transfers` },
      ]}
    />
  );
}
