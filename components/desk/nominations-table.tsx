import type { ReactNode } from "react";
import { StatusPill, type Tone } from "@/components/ui/content/badge";
import { Code, DateTime } from "@/components/ui/content/display";
import { Table } from "@/components/ui/content/table";
import { TextLink } from "@/components/ui/controls/button";
import type { FormAction } from "@/lib/core/action-result";
import type { AdminPaths } from "@/lib/merchants/paths";
import type { NominationRow } from "@/lib/nominations/queries/nominations";
import { NOMINATION_STATE_LABELS, type NominationState } from "@/lib/nominations/schema";
import { Person } from "../customer/person";
import { NominationDecision } from "./nomination-decision";

const TONES: Record<NominationState, Tone> = {
  asked: "accent",
  waiting: "warn",
  unmatched: "warn",
  accepted: "good",
  declined: "neutral",
  rejected: "bad",
};

type NominationsTableProps = {
  rows: NominationRow[];
  admin: AdminPaths;
  timeZone: string;
  /** Null for members who may not decide. */
  action: FormAction<{ state: NominationState }> | null;
  empty: ReactNode;
};

/** What customers said about who told them, with the advocate that was found and the status. */
export function NominationsTable({ rows, admin, timeZone, action, empty }: NominationsTableProps) {
  return (
    <Table<NominationRow>
      caption="Who told you"
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "friend",
          header: "Customer",
          primary: true,
          cell: (row) => (
            <TextLink href={admin.customer(row.friendId)}>
              <Person person={{ name: row.friendName, email: row.friendEmail }} />
            </TextLink>
          ),
        },
        {
          key: "said",
          header: "Answer",
          cell: (row) => <Said row={row} timeZone={timeZone} />,
        },
        {
          key: "advocate",
          header: "Advocate",
          cell: (row) =>
            row.advocateCustomerId ? (
              <TextLink href={admin.customer(row.advocateCustomerId)}>
                <Person person={{ name: row.advocateName, email: row.advocateEmail }} />
              </TextLink>
            ) : (
              <span className="text-ink-muted">No match</span>
            ),
        },
        {
          key: "state",
          header: "Status",
          cell: (row) => <Status row={row} />,
        },
        {
          key: "decide",
          header: <span className="sr-only">Decision</span>,
          acts: true,
          cell: (row) =>
            action && row.state !== "accepted" && row.state !== "rejected" ? (
              <NominationDecision action={action} nominationId={row.id} code={row.advocateCode} />
            ) : null,
        },
      ]}
      empty={empty}
    />
  );
}

function Said({ row, timeZone }: { row: NominationRow; timeZone: string }) {
  return (
    <span className="inline-block [overflow-wrap:anywhere]">
      “{row.said}”
      <span className="block text-[0.8125rem]/5 text-ink-muted">
        {row.orderId ? (
          <>
            Order <Code>{row.orderId}</Code>,{" "}
          </>
        ) : null}
        <DateTime value={row.at} timeZone={timeZone} />
      </span>
    </span>
  );
}

function Status({ row }: { row: NominationRow }) {
  const note = row.state === "waiting" ? "The advocate confirmed it." : row.reason;
  return (
    <span className="flex flex-col items-start gap-1">
      <StatusPill tone={TONES[row.state]}>{NOMINATION_STATE_LABELS[row.state]}</StatusPill>
      {note ? <span className="text-[0.8125rem]/5 text-ink-muted">{note}</span> : null}
    </span>
  );
}
