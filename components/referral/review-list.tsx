import type { ReactNode } from "react";
import { Person } from "../customer/person";
import { DateTime } from "@/components/ui/content/display";
import { TextLink } from "@/components/ui/controls/button";
import type { AdminPaths } from "@/lib/merchants/paths";
import type { ReferralRow } from "@/lib/referrals/queries/referrals";
import type { SignalRow } from "@/lib/referrals/queries/signals";
import { ReferralState } from "./referral-state";
import { type ReviewActions, ReviewDecisions } from "./review-decisions";
import { scoreText, SignalList } from "./signal-list";

type ReviewListProps = {
  rows: readonly ReferralRow[];
  /** By referral. */
  signals: ReadonlyMap<string, readonly SignalRow[]>;
  admin: AdminPaths;
  timeZone: string;
  empty: ReactNode;
  /** Null for those who may only look. */
  actions: ReviewActions | null;
};

/** Referrals that wait for a decision, each with what speaks against it; several at once. */
export function ReviewList({ rows, signals, admin, timeZone, empty, actions }: ReviewListProps) {
  if (rows.length === 0) return empty;
  return (
    <ReviewDecisions
      // The selection belongs to these rows.
      key={rows.map(({ id }) => id).join()}
      actions={actions}
      items={rows.map((row) => ({
        id: row.id,
        name: row.friendName ?? row.friendEmail ?? row.code,
        shown: (
          <ReviewItem row={row} signals={signals.get(row.id) ?? []} {...{ admin, timeZone }} />
        ),
      }))}
    />
  );
}

type ReviewItemProps = {
  row: ReferralRow;
  signals: readonly SignalRow[];
  admin: AdminPaths;
  timeZone: string;
};

function ReviewItem({ row, signals, admin, timeZone }: ReviewItemProps) {
  const { friendName: name, friendEmail: email, friendExternalId: externalId } = row;
  const advocate = row.advocateName ?? row.advocateEmail ?? row.advocateExternalId ?? row.code;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-3">
        <div className="flex min-w-0 flex-col gap-1 text-sm">
          <TextLink href={admin.referral(row.id)}>
            <Person person={{ name, email, externalId }} whole />
          </TextLink>
          <span className="text-ink-muted [overflow-wrap:anywhere]">
            Invited by {advocate} · {row.programName}
          </span>
          {row.reviewAt ? (
            <span className="text-ink-muted">
              Waiting since <DateTime value={row.reviewAt} timeZone={timeZone} />
            </span>
          ) : null}
        </div>
        <ReferralState state={row.state} underReview={row.underReview} />
      </div>
      <p className="mb-4 text-sm font-medium">{scoreText(row.score, signals)}</p>
      <SignalList signals={signals} admin={admin} timeZone={timeZone} />
    </>
  );
}
