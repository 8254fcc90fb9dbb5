import type { ReactNode } from "react";
import { personName } from "../customer/person";
import { Breakable, DateTime } from "@/components/ui/content/display";
import { type Column, Table, WRAPPED_CELL } from "@/components/ui/content/table";
import type { EventRow } from "@/lib/events/queries/events";
import { EventName } from "./event-name";
import { EventOutcome } from "./event-outcome";

const SOURCES: Record<string, string> = {
  api: "API",
  browser: "Browser",
  click: "Share link",
  invite: "Invite page",
  refer: "Customer page",
  dashboard: "Added by hand",
};

/** Where an event came from, in words. */
export function sourceWords(source: string): string {
  return SOURCES[source] ?? source;
}

type EventTableProps = {
  rows: EventRow[];
  eventHref: (id: string) => string;
  timeZone: string;
  /** The keys of columns to leave out: what the page shows already, or nobody wants to see. */
  without?: readonly string[];
  empty?: ReactNode;
};

/** The columns that a member may leave out. */
export const EVENT_CHOICES = [
  { key: "customer", label: "Customer" },
  { key: "source", label: "Source" },
  { key: "outcome", label: "Outcome" },
];

/** Events with what came of each. */
export function EventTable({ rows, eventHref, timeZone, without = [], empty }: EventTableProps) {
  const columns: Column<EventRow>[] = [
    {
      key: "type",
      header: "Event",
      primary: true,
      cell: (row) => <EventName {...row} />,
    },
    {
      key: "customer",
      header: "Customer",
      cell: (row) => {
        if (!row.customerId) return null;
        const name = personName({ name: row.customerName, email: row.customerEmail });
        return (
          <span className={WRAPPED_CELL}>
            <Breakable>{name}</Breakable>
          </span>
        );
      },
    },
    { key: "source", header: "Source", secondary: true, cell: (row) => sourceWords(row.source) },
    {
      key: "outcome",
      header: "Outcome",
      cell: (row) => <EventOutcome {...row} isClick={row.type === "click"} />,
    },
    {
      key: "at",
      header: "Date",
      aside: true,
      cell: (row) => <DateTime value={row.occurredAt} timeZone={timeZone} look="dateTime" />,
    },
  ];
  return (
    <Table
      caption="Events"
      narrow="dense"
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => eventHref(row.id)}
      empty={empty}
      columns={columns.filter(({ key }) => !without.includes(key))}
    />
  );
}
