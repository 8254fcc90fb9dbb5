import type { ReactNode } from "react";
import { RelativeTime } from "@/components/ui/content/display";
import { type Column, Table } from "@/components/ui/content/table";
import type { SetAsideRow } from "@/lib/events/queries/inbox";
import { EventName } from "./event-name";

type SetAsideTableProps = {
  rows: SetAsideRow[];
  eventHref: (id: string) => string;
  now: Date;
  timeZone: string;
  empty: ReactNode;
};

/** Events that failed too often, with the reason and what waits for them. */
export function SetAsideTable({ rows, eventHref, now, timeZone, empty }: SetAsideTableProps) {
  const columns: Column<SetAsideRow>[] = [
    { key: "type", header: "Event", primary: true, cell: (row) => <EventName {...row} /> },
    {
      key: "error",
      header: "Reason",
      cell: (row) => (
        <span className="inline-block min-w-40 text-ink-muted [overflow-wrap:anywhere]">
          {row.lastError}
        </span>
      ),
    },
    {
      key: "customer",
      header: "Customer",
      cell: (row) => (
        <span className="[overflow-wrap:anywhere]">{row.said?.id ?? row.said?.email}</span>
      ),
    },
    {
      key: "blocked",
      header: "Holds up",
      cell: ({ blocked: { length } }) =>
        length === 0 ? null : (
          <span className="whitespace-nowrap">
            {length === 1 ? "1 refund" : `${length} refunds`}
          </span>
        ),
    },
    {
      key: "since",
      header: "Set aside",
      cell: (row) => <RelativeTime value={row.setAsideAt} now={now} timeZone={timeZone} />,
    },
  ];
  return (
    <Table
      caption="Events that were set aside"
      rows={rows}
      rowKey={(row) => row.eventId}
      rowHref={(row) => eventHref(row.eventId)}
      empty={empty}
      columns={columns}
    />
  );
}
