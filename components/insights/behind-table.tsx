import { Empty } from "@/components/ui/content/empty";
import { DateTime } from "@/components/ui/content/display";
import { moneyText } from "../ui/format";
import { type Column, Table } from "@/components/ui/content/table";
import type { Asset } from "@/lib/core/money";
import type { AdminPaths } from "@/lib/merchants/paths";
import type { BehindRow } from "@/lib/reports/metric";
import type { RowColumn, RowColumns } from "@/lib/reports/report";

type BehindTableProps = {
  rows: BehindRow[];
  columns: RowColumns;
  asset: Asset;
  timeZone: string;
  admin: AdminPaths;
};

const KINDS: Record<BehindRow["kind"], string> = {
  customer: "Customer",
  advocate: "Advocate",
  order: "Order",
  refund: "Refund",
  referral: "Referral",
  reward: "Reward",
  visitor: "Browser",
  share: "Share",
};

/** The records that a number was counted from. */
export function BehindTable({ rows, columns, asset, timeZone, admin }: BehindTableProps) {
  const grouped = rows.some((row) => row.group !== null);
  const shown: Column<BehindRow>[] = [
    { key: "what", header: "Record", primary: true, cell: (row) => <What row={row} /> },
    {
      key: "at",
      header: "Date",
      cell: (row) => <DateTime value={row.at} timeZone={timeZone} look="dateTime" />,
      width: "13rem",
    },
    ...(grouped
      ? [
          {
            key: "group",
            header: "Group",
            cell: (row: BehindRow) => (
              <span className="inline-block first-letter:uppercase">{row.group}</span>
            ),
            width: "9rem",
          },
        ]
      : []),
    ...(columns.denominator ? [amount("denominator", columns.denominator, asset)] : []),
    amount("numerator", columns.numerator, asset),
  ];
  return (
    <Table
      caption="Underlying records"
      columns={shown}
      rows={rows}
      rowKey={(row) => row.key}
      rowHref={
        rows.every((row) => hrefOf(row, admin) !== null)
          ? (row) => hrefOf(row, admin) ?? admin.overview
          : undefined
      }
      empty={
        <Empty title="No records" bare>
          Nothing was counted in this range.
        </Empty>
      }
    />
  );
}

function What({ row }: { row: BehindRow }) {
  const who = row.customerName ?? row.customerEmail;
  const aboutPerson = row.kind === "customer" || row.kind === "advocate";
  return (
    <span className="flex min-w-0 flex-col">
      <span className="[overflow-wrap:anywhere]">
        {aboutPerson && who ? who : `${KINDS[row.kind]} ${aboutPerson ? row.id : shortId(row)}`}
      </span>
      <span className="[overflow-wrap:anywhere] text-[0.8125rem] font-normal text-ink-muted">
        {aboutPerson ? (row.customerName ? row.customerEmail : null) : who}
      </span>
    </span>
  );
}

function shortId({ id }: BehindRow): string {
  return id.length > 18 ? `…${id.slice(-8)}` : id;
}

function hrefOf(row: BehindRow, admin: AdminPaths): string | null {
  if (row.kind === "referral") return admin.referral(row.id);
  if (row.kind === "reward") return admin.reward(row.id);
  return row.customerId ? admin.customer(row.customerId) : null;
}

function amount(
  side: "numerator" | "denominator",
  column: RowColumn,
  asset: Asset,
): Column<BehindRow> {
  return {
    key: side,
    header: column.label,
    numeric: true,
    width: "9rem",
    cell: (row) =>
      column.unit === "money"
        ? moneyText({ minor: row[side], asset }, "en")
        : column.unit === "yes"
          ? row[side] > 0n
            ? "Yes"
            : "No"
          : row[side] === 0n
            ? ""
            : row[side].toString(),
  };
}
