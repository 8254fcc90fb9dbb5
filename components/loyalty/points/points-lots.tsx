import { DateTime } from "@/components/ui/content/display";
import { numberText } from "@/components/ui/format";
import { Table } from "@/components/ui/content/table";
import type { LotView } from "@/lib/ledger/queries/balances";

/** Open lots of points in the order in which spending takes them. */
export function PointsLots({ lots, timeZone }: { lots: LotView[]; timeZone: string }) {
  return (
    <Table
      caption="Lots of points"
      rows={lots}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "opened",
          header: "Received",
          primary: true,
          cell: ({ openedAt }) => <DateTime value={openedAt} timeZone={timeZone} />,
        },
        {
          key: "expires",
          header: "Expires",
          cell: ({ expiresAt }) =>
            expiresAt ? (
              <DateTime value={expiresAt} timeZone={timeZone} />
            ) : (
              <span className="text-ink-muted">Never</span>
            ),
        },
        {
          key: "of",
          header: "Amount",
          numeric: true,
          cell: ({ amountMinor }) => numberText(Number(amountMinor)),
        },
        {
          key: "left",
          header: "Left",
          numeric: true,
          cell: ({ remainingMinor }) => numberText(Number(remainingMinor)),
        },
      ]}
    />
  );
}
