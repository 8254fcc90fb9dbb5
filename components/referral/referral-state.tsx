import { StatusPill, type Tone } from "@/components/ui/content/badge";
import type { ReferralState as State } from "@/lib/referrals/schema";

export const REFERRAL_STATE_LABELS: Record<State, string> = {
  clicked: "Clicked",
  joined: "Joined",
  qualified: "Qualified",
  rewarded: "Rewarded",
  rejected: "Rejected",
  expired: "Expired",
  reversed: "Reversed",
};

const TONES: Record<State, Tone> = {
  clicked: "neutral",
  joined: "accent",
  qualified: "good",
  rewarded: "good",
  rejected: "bad",
  expired: "neutral",
  reversed: "warn",
};

/** True for a referral that waits for a member's decision. */
export function needsReview({
  state,
  underReview,
}: {
  state: string;
  underReview: boolean;
}): boolean {
  return underReview && (state === "joined" || state === "qualified" || state === "rewarded");
}

/** The state of a referral, whether it needs a review, and whether the friend has to answer. */
export function ReferralState({
  state,
  underReview = false,
  isClaimed = false,
}: {
  state: string;
  underReview?: boolean;
  /** Nothing proves yet that the friend accepted. */
  isClaimed?: boolean;
}) {
  const known = state as State;
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      <StatusPill tone={TONES[known] ?? "neutral"}>
        {REFERRAL_STATE_LABELS[known] ?? state}
      </StatusPill>
      {needsReview({ state, underReview }) ? (
        <StatusPill tone="warn">Needs review</StatusPill>
      ) : null}
      {isClaimed && state === "joined" ? (
        <StatusPill tone="neutral">Waiting for the friend</StatusPill>
      ) : null}
    </span>
  );
}
