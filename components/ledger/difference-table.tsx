import { type Asset, assetCode } from "@/lib/core/money";
import type { LedgerDifference } from "@/lib/ledger/commands/check-ledger";
import { Code, Money } from "@/components/ui/content/display";
import { Table } from "@/components/ui/content/table";
import { DIFFERENCE_WORDS } from "./words";

/** Where the ledger disagrees with itself, account by account. */
export function DifferenceTable({ differences }: { differences: LedgerDifference[] }) {
  const amount = (minor: string, asset: Asset) => <Money value={{ minor, asset }} />;
  return (
    <Table
      caption="Differences in the ledger"
      rows={differences}
      rowKey={({ what, accountId, asset }) => `${what} ${accountId ?? asset}`}
      columns={[
        {
          key: "where",
          header: "Account",
          primary: true,
          cell: ({ accountId, asset }) =>
            accountId ? <Code>{accountId}</Code> : `All of ${assetCode(asset)}`,
        },
        { key: "what", header: "Compared", cell: ({ what }) => DIFFERENCE_WORDS[what] },
        {
          key: "says",
          header: "Recorded",
          numeric: true,
          cell: ({ balance, asset }) => amount(balance, asset),
        },
        {
          key: "is",
          header: "Adds up to",
          numeric: true,
          cell: ({ sum, asset }) => amount(sum, asset),
        },
      ]}
    />
  );
}
