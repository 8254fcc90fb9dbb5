import { Tabs } from "@/components/ui/page/tabs";
import type { AdminPaths } from "@/lib/merchants/paths";

export function LedgerTabs({ admin }: { admin: AdminPaths }) {
  return (
    <Tabs
      label="Parts of the ledger"
      tabs={[
        { label: "Balances", href: admin.ledger, exact: true },
        { label: "Transfers", href: admin.transfers },
      ]}
    />
  );
}
