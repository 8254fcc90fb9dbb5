import { StatusPill, type Tone } from "../ui/badge";
import type { FrozenTerms, RewardState as State } from "@/lib/rewards/schema";

export const REWARD_STATE_LABELS: Record<State, string> = {
  held: "On hold", available: "Released", issued: "Issued", used: "Used", voided: "Withdrawn", expired: "Expired", reversed: "Taken back",
};

const TONES: Record<State, Tone> = {
  held: "accent", available: "good", issued: "good", used: "good", voided: "bad", expired: "neutral", reversed: "warn",
};

/** True for cash and gifts that a member has to hand over. */
export function waitsToBeGiven(reward: { state: string; terms: Pick<FrozenTerms, "benefit"> }): boolean {
  return reward.state === "available" && (reward.terms.benefit.kind === "cash" || reward.terms.benefit.kind === "gift");
}

type RewardStateProps = { reward: { state: string; underReview: boolean; terms: Pick<FrozenTerms, "benefit"> } };

/** How far a reward is, and whether someone has to do something about it. */
export function RewardState({ reward }: RewardStateProps) {
  if (waitsToBeGiven(reward)) return <StatusPill tone="warn">To hand over</StatusPill>;
  const state = reward.state as State;
  if (state === "used" && (reward.terms.benefit.kind === "cash" || reward.terms.benefit.kind === "gift")) {
    return <StatusPill tone="good">Handed over</StatusPill>;
  }
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      <StatusPill tone={TONES[state] ?? "neutral"}>{REWARD_STATE_LABELS[state] ?? state}</StatusPill>
      {state === "held" && reward.underReview ? <StatusPill tone="warn">Needs review</StatusPill> : null}
    </span>
  );
}
