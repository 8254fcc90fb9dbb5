import { AssetAmount } from "@/components/ledger/asset-amount";
import { DateTime } from "@/components/ui/content/display";
import { Table } from "@/components/ui/content/table";
import type { AccountKind } from "@/lib/ledger/rules/accounts";
import type { TransferView } from "@/lib/ledger/queries/balances";

const PLACES: Record<AccountKind, string> = {
  funding: "Funded by you",
  pending: "On hold for the customer",
  available: "The customer’s balance",
  issued: "Issued, not used yet",
  owed: "Owed by the customer",
  spent: "Spent",
};

/** Ledger transfers of a reward, by where the value was and where it went. */
export function TransferTable({
  transfers,
  timeZone,
}: {
  transfers: TransferView[];
  timeZone: string;
}) {
  return (
    <Table
      caption="Ledger transfers"
      rows={transfers}
      rowKey={(transfer) => transfer.id}
      columns={[
        { key: "what", header: "What", primary: true, cell: (transfer) => transfer.memo },
        { key: "from", header: "From", cell: (transfer) => PLACES[transfer.from.kind] },
        { key: "to", header: "To", cell: (transfer) => PLACES[transfer.to.kind] },
        {
          key: "at",
          header: "When",
          cell: (transfer) => (
            <DateTime value={transfer.occurredAt} timeZone={timeZone} look="dateTime" />
          ),
        },
        {
          key: "amount",
          header: "Amount",
          numeric: true,
          cell: (transfer) => <AssetAmount value={transfer.amount} />,
        },
      ]}
    />
  );
}
