import type { ReactNode } from "react";
import { ActionButton } from "../forms/action-button";
import { StatusPill } from "@/components/ui/content/badge";
import { RelativeTime } from "@/components/ui/content/display";
import { type Column, Table } from "@/components/ui/content/table";
import type { FormAction } from "@/lib/core/action-result";
import type { WaitingRow } from "@/lib/events/queries";

type WaitingTableProps = {
  rows: WaitingRow[];
  listHref: string;
  now: Date;
  timeZone: string;
  /** Null for who may only look. */
  tryNow: FormAction<null> | null;
  empty: ReactNode;
};

/** Events that are not worked off yet, with what stands in their way. */
export function WaitingTable({ rows, listHref, now, timeZone, tryNow, empty }: WaitingTableProps) {
  const columns: Column<WaitingRow>[] = [
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
      key: "state",
      header: "State",
      cell: (row) =>
        row.attempts === 0 ? (
          <StatusPill tone="accent">Waiting</StatusPill>
        ) : (
          <StatusPill tone="bad">
            {row.attempts === 1 ? "Failed once" : `Failed ${row.attempts} times`}
          </StatusPill>
        ),
    },
    {
      key: "error",
      header: "Why",
      cell: (row) => (
        <span className="text-ink-muted [overflow-wrap:anywhere]">{row.lastError}</span>
      ),
    },
    {
      key: "queued",
      header: "Came in",
      cell: (row) => <RelativeTime value={row.queuedAt} now={now} timeZone={timeZone} />,
    },
    {
      key: "next",
      header: "Next try",
      cell: (row) =>
        row.nextTryAt <= now ? (
          "Now"
        ) : (
          <RelativeTime value={row.nextTryAt} now={now} timeZone={timeZone} />
        ),
    },
    ...(tryNow
      ? [
          {
            key: "act",
            header: <span className="sr-only">Action</span>,
            cell: (row: WaitingRow) => (
              <ActionButton
                size="sm"
                action={tryNow}
                fields={{ eventId: row.eventId }}
                done="Done: it is worked off."
              >
                Try now
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
      rowHref={(row) => `${listHref}/${row.eventId}`}
      empty={empty}
      columns={columns}
    />
  );
}
