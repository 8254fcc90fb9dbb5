import type { ReactNode } from "react";
import { ActionButton } from "../forms/action-button";
import { StatusPill } from "@/components/ui/content/badge";
import { ButtonLink } from "@/components/ui/controls/button";
import { RelativeTime } from "@/components/ui/content/display";
import { type Column, Table } from "@/components/ui/content/table";
import type { FormAction } from "@/lib/core/action-result";
import type { WaitingRow } from "@/lib/events/queries/inbox";
import { EventName } from "./event-name";

type WaitingTableProps = {
  rows: WaitingRow[];
  eventHref: (id: string) => string;
  now: Date;
  timeZone: string;
  /** Null for members who may not retry. */
  tryNow: FormAction<null> | null;
  empty: ReactNode;
};

/** Events that are not processed yet, with the error of their last attempt. */
export function WaitingTable({ rows, eventHref, now, timeZone, tryNow, empty }: WaitingTableProps) {
  const columns: Column<WaitingRow>[] = [
    {
      key: "type",
      header: "Event",
      primary: true,
      cell: (row) => <EventName {...row} />,
    },
    { key: "state", header: "Status", cell: (row) => <Attempts row={row} /> },
    {
      key: "error",
      header: "Error",
      cell: (row) => (
        <span className="inline-block min-w-40 text-ink-muted [overflow-wrap:anywhere]">
          {row.lastError}
        </span>
      ),
    },
    {
      key: "queued",
      header: "Received",
      cell: (row) => <RelativeTime value={row.queuedAt} now={now} timeZone={timeZone} />,
    },
    {
      key: "next",
      header: "Next attempt",
      cell: (row) =>
        row.nextTryAt <= now ? (
          "due now"
        ) : (
          <RelativeTime value={row.nextTryAt} now={now} timeZone={timeZone} />
        ),
    },
    ...(tryNow
      ? [
          {
            key: "act",
            header: <span className="sr-only">Action</span>,
            acts: true,
            cell: (row: WaitingRow) =>
              // It would fail again: what can be mended is the order.
              row.blockedBy ? (
                <ButtonLink size="sm" href={eventHref(row.blockedBy)}>
                  View order
                </ButtonLink>
              ) : (
                <ActionButton
                  size="sm"
                  action={tryNow}
                  fields={{ eventId: row.eventId }}
                  done="Event processed."
                >
                  Retry now
                </ActionButton>
              ),
          },
        ]
      : []),
  ];
  return (
    <Table
      caption="Waiting events"
      rows={rows}
      rowKey={(row) => row.eventId}
      rowHref={(row) => eventHref(row.eventId)}
      empty={empty}
      columns={columns}
    />
  );
}

function Attempts({ row: { attempts, blockedBy } }: { row: WaitingRow }) {
  if (blockedBy) return <StatusPill tone="warn">Its order was set aside</StatusPill>;
  if (attempts === 0) return <StatusPill tone="accent">Waiting</StatusPill>;
  return (
    <StatusPill tone="bad">
      {attempts === 1 ? "Failed once" : `Failed ${attempts} times`}
    </StatusPill>
  );
}
