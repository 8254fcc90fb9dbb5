import type { ReactNode } from "react";
import { Badge } from "@/components/ui/content/badge";
import { DateTime, Money } from "@/components/ui/content/display";
import { type Column, Table } from "@/components/ui/content/table";
import { numberText } from "@/components/ui/format";
import type { Asset } from "@/lib/core/money";
import type { CustomerRow } from "@/lib/customers/queries/list-customers";
import { Person } from "./person";

type CustomerTableProps = {
  rows: CustomerRow[];
  asset: Asset;
  timeZone: string;
  customerHref: (id: string) => string;
  /** The keys of columns to leave out: what the page shows already, or nobody wants to see. */
  without?: readonly string[];
  empty: ReactNode;
};

/** Customers with their role in the program and what they bought. */
export function CustomerTable(props: CustomerTableProps) {
  const { rows, asset, timeZone, customerHref, empty, without = [] } = props;
  return (
    <Table
      caption="Customers"
      narrow="dense"
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => customerHref(row.id)}
      empty={empty}
      columns={columnsIn(asset, timeZone).filter(({ key }) => !without.includes(key))}
    />
  );
}

/** The columns that a member may leave out. */
export const CUSTOMER_CHOICES = [
  { key: "id", label: "Your ID" },
  { key: "role", label: "Role" },
  { key: "orders", label: "Orders" },
  { key: "revenue", label: "Revenue" },
  { key: "last", label: "Last order" },
  { key: "since", label: "Added" },
];

function columnsIn(asset: Asset, timeZone: string): Column<CustomerRow>[] {
  return [
    {
      key: "person",
      header: "Customer",
      primary: true,
      cell: (row) => <Person person={row} avatar />,
    },
    {
      key: "id",
      header: "Your ID",
      secondary: true,
      cell: (row) => <span className="text-ink-muted">{row.externalId}</span>,
    },
    {
      key: "role",
      header: "Role",
      cell: (row) =>
        row.advocacies > 0 || row.referred ? (
          <span className="inline-flex flex-wrap gap-1.5">
            {row.advocacies > 0 ? <Badge tone="accent">Advocate</Badge> : null}
            {row.referred ? <Badge>Friend</Badge> : null}
          </span>
        ) : null,
    },
    {
      key: "orders",
      header: "Orders",
      numeric: true,
      cell: (row) => numberText(row.orderCount),
    },
    {
      key: "revenue",
      header: "Revenue",
      numeric: true,
      aside: true,
      cell: (row) => <Money value={{ minor: row.revenueMinor, asset: asset }} />,
    },
    {
      key: "last",
      header: "Last order",
      secondary: true,
      cell: (row) =>
        row.lastOrderAt ? <DateTime value={row.lastOrderAt} timeZone={timeZone} /> : null,
    },
    {
      key: "since",
      header: "Added",
      cell: (row) => <DateTime value={row.createdAt} timeZone={timeZone} />,
    },
  ];
}
