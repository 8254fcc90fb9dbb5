import type { ReactNode } from "react";
import { Person } from "../customer/person";
import { Breakable, DateTime } from "@/components/ui/content/display";
import { type Column, Table, WRAPPED_CELL } from "@/components/ui/content/table";
import type { ReferralRow } from "@/lib/referrals/queries/referrals";
import { reasonWords } from "@/lib/referrals/schema";
import { ReferralState } from "./referral-state";

type ReferralTableProps = {
  rows: ReferralRow[];
  /** The path of the list of referrals. */
  referralHref: (id: string) => string;
  timeZone: string;
  /** The keys of columns to leave out: what the page shows already, or nobody wants to see. */
  without?: readonly string[];
  empty?: ReactNode;
};

/** The columns that a member may leave out. */
export const REFERRAL_CHOICES = [
  { key: "advocate", label: "Invited by" },
  { key: "program", label: "Program" },
  { key: "reason", label: "Why" },
  { key: "since", label: "Since" },
];

/** Referrals, each with its state and the reason for it. */
export function ReferralTable({
  rows,
  referralHref,
  timeZone,
  without = [],
  empty,
}: ReferralTableProps) {
  const columns: Column<ReferralRow>[] = [
    {
      key: "friend",
      header: "Friend",
      primary: true,
      cell: (row) => (
        <Person
          person={{
            name: row.friendName,
            email: row.friendEmail,
            externalId: row.friendExternalId,
          }}
        />
      ),
    },
    {
      key: "advocate",
      header: "Invited by",
      cell: (row) => (
        <span className={WRAPPED_CELL}>
          <Breakable>
            {row.advocateName ?? row.advocateEmail ?? row.advocateExternalId ?? row.code}
          </Breakable>
        </span>
      ),
    },
    { key: "program", header: "Program", secondary: true, cell: (row) => row.programName },
    {
      key: "state",
      header: "State",
      aside: true,
      cell: (row) => (
        <ReferralState
          state={row.state}
          underReview={row.underReview}
          isClaimed={row.provenAt === null}
        />
      ),
    },
    {
      key: "reason",
      header: "Why",
      secondary: true,
      cell: (row) => <span className="text-ink-muted">{reasonWords(row.reason)}</span>,
    },
    {
      key: "since",
      header: "Since",
      cell: (row) => <DateTime value={row.joinedAt ?? row.createdAt} timeZone={timeZone} />,
    },
  ];
  return (
    <Table
      caption="Referrals"
      narrow="dense"
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => referralHref(row.id)}
      empty={empty}
      columns={columns.filter(({ key }) => !without.includes(key))}
    />
  );
}
