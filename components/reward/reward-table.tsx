import type { ReactNode } from "react";
import { Person } from "../customer/person";
import { DateTime } from "@/components/ui/content/display";
import { type Column, Table } from "@/components/ui/content/table";
import type { RewardRow } from "@/lib/rewards/queries/rewards";
import { rewardReasonWords } from "@/lib/rewards/schema";
import { RewardState } from "./reward-state";
import { rewardWorth } from "./worth";

type RewardTableProps = {
  rows: RewardRow[];
  /** The path of the list of rewards. */
  rewardHref: (id: string) => string;
  timeZone: string;
  /** The keys of columns to leave out: what the page shows already, or nobody wants to see. */
  without?: readonly string[];
  empty?: ReactNode;
};

function columnsIn(timeZone: string): Column<RewardRow>[] {
  return [
    {
      key: "reward",
      header: "Reward",
      primary: true,
      cell: (row) => (
        <span className="inline-block">
          {rewardWorth(row)}
          <span className="block text-[0.8125rem]/5 font-normal text-ink-muted max-sm:hidden">
            {row.terms.given ? "Gift from the shop" : `For the ${row.side}`}
            {row.couponCode ? (
              <>
                {" · "}
                <span className="font-mono whitespace-nowrap">{row.couponCode}</span>
              </>
            ) : null}
          </span>
        </span>
      ),
    },
    {
      key: "customer",
      header: "Customer",
      cell: (row) => (
        <Person
          person={{
            name: row.customerName,
            email: row.customerEmail,
            externalId: row.customerExternalId,
          }}
        />
      ),
    },
    { key: "program", header: "Program", secondary: true, cell: (row) => row.programName },
    {
      key: "state",
      header: "State",
      aside: true,
      cell: (row) => <RewardState reward={row} />,
    },
    {
      key: "reason",
      header: "Why",
      secondary: true,
      cell: (row) => (
        <span className="text-ink-muted">
          {rewardReasonWords(row.reason)}
          {row.state === "held" && !row.underReview ? (
            <>
              , until <DateTime value={row.heldUntil} timeZone={timeZone} />
            </>
          ) : null}
          {(row.state === "available" || row.state === "issued") && row.expiresAt ? (
            <>
              , expires <DateTime value={row.expiresAt} timeZone={timeZone} />
            </>
          ) : null}
        </span>
      ),
    },
    {
      key: "granted",
      header: "Granted",
      cell: (row) => <DateTime value={row.grantedAt} timeZone={timeZone} />,
    },
  ];
}

/** The columns that a member may leave out. */
export const REWARD_CHOICES = [
  { key: "customer", label: "Customer" },
  { key: "program", label: "Program" },
  { key: "reason", label: "Why" },
  { key: "granted", label: "Granted" },
];

/** Rewards, each with its owner, its state and the reason for it. */
export function RewardTable({ rows, rewardHref, timeZone, without = [], empty }: RewardTableProps) {
  return (
    <Table
      caption="Rewards"
      narrow="dense"
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => rewardHref(row.id)}
      empty={empty}
      columns={columnsIn(timeZone).filter(({ key }) => !without.includes(key))}
    />
  );
}
