import type { ReactNode } from "react";
import { personName } from "../customer/person";
import { DateTime } from "@/components/ui/content/display";
import { type Column, Table } from "@/components/ui/content/table";
import type { EventRow } from "@/lib/events/queries";
import { EventOutcome } from "./event-outcome";

const SOURCES: Record<string, string> = {
  api: "API",
  browser: "Browser",
  click: "Share link",
  invite: "Invite page",
  refer: "Customer’s page",
  dashboard: "Entered by hand",
};

/** Where an event came from, in words. */
export function sourceWords(source: string): string {
  return SOURCES[source] ?? source;
}

type EventTableProps = {
  rows: EventRow[];
  listHref: string;
  timeZone: string;
  without?: readonly "customer"[];
  empty?: ReactNode;
};

/** Events with what became of each. */
export function EventTable({ rows, listHref, timeZone, without = [], empty }: EventTableProps) {
  const columns: Column<EventRow>[] = [
    {
      key: "type",
      header: "Event",
      primary: true,
      cell: (row) => (
        <span className="inline-block">
          <span className="font-mono text-[0.8125rem]">{row.type}</span>
          {row.orderId ? (
            <span className="block text-[0.8125rem]/5 font-normal text-ink-muted">
              Order {row.orderId}
            </span>
          ) : null}
        </span>
      ),
    },
    {
      key: "customer",
      header: "Who",
      cell: (row) =>
        row.customerId ? (
          <span className="inline-block max-w-52 truncate align-middle">
            {personName({ name: row.customerName, email: row.customerEmail })}
          </span>
        ) : null,
    },
    { key: "source", header: "From", cell: (row) => sourceWords(row.source) },
    {
      key: "outcome",
      header: "What became of it",
      cell: (row) => <EventOutcome {...row} isClick={row.type === "click"} />,
    },
    {
      key: "at",
      header: "When",
      cell: (row) => <DateTime value={row.occurredAt} timeZone={timeZone} look="dateTime" />,
    },
  ];
  return (
    <Table
      caption="Events"
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => `${listHref}/${row.id}`}
      empty={empty}
      columns={columns.filter(({ key }) => !(without as readonly string[]).includes(key))}
    />
  );
}
