import { isManual, deliveryOf } from "@/lib/terms/kinds/benefits";
import { StatusPill, type Tone } from "@/components/ui/content/badge";
import type { FrozenTerms, RewardState as State } from "@/lib/rewards/schema";

export const REWARD_STATE_LABELS: Record<State, string> = {
  held: "On hold",
  available: "Released",
  issued: "Issued",
  used: "Used",
  voided: "Voided",
  expired: "Expired",
  reversed: "Reversed",
};

const TONES: Record<State, Tone> = {
  held: "accent",
  available: "good",
  issued: "good",
  used: "good",
  voided: "bad",
  expired: "neutral",
  reversed: "warn",
};

type Life = {
  state: string;
  reason?: string;
  payoutNumber?: number | null;
  terms: Pick<FrozenTerms, "benefit">;
};

/** True for what staff must deliver or pay, reward by reward. */
export function waitsForDelivery(reward: Life): boolean {
  return (
    reward.state === "available" &&
    isManual(reward.terms.benefit) &&
    (reward.payoutNumber ?? null) === null
  );
}

/** The state of a reward, and whether someone has to act on it. */
export function RewardState({ reward }: { reward: Life & { underReview: boolean } }) {
  const state = reward.state as State;
  const { kind } = reward.terms.benefit;
  if (state === "available") {
    if (reward.reason === "waiting_for_code")
      return <StatusPill tone="bad">Waiting for a code</StatusPill>;
    if (deliveryOf({ kind }) === "payout")
      return (
        <StatusPill tone="warn">
          {(reward.payoutNumber ?? null) === null ? "To be paid" : "In a payout"}
        </StatusPill>
      );
    if (waitsForDelivery(reward)) return <StatusPill tone="warn">To deliver</StatusPill>;
  }
  if (state === "used" && isManual({ kind }))
    return (
      <StatusPill tone="good">
        {deliveryOf({ kind }) === "payout" ? "Paid" : "Delivered"}
      </StatusPill>
    );
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      <StatusPill tone={TONES[state] ?? "neutral"}>
        {REWARD_STATE_LABELS[state] ?? state}
      </StatusPill>
      {state === "held" && reward.underReview ? (
        <StatusPill tone="warn">Needs review</StatusPill>
      ) : null}
    </span>
  );
}
