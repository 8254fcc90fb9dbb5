import type { Tx } from "@/lib/merchants/scope";
import type { ReferralState } from "../schema";
import { addSteps, changeReferral, type StepRecord } from "./write-referrals";

export type ReferralStepInput = StepRecord & {
  /** A return to a state that it was in before: that state keeps the time it was first reached. */
  returns?: boolean;
};

const TIME_OF = {
  clicked: "clickedAt",
  joined: "joinedAt",
  qualified: "qualifiedAt",
  rewarded: "rewardedAt",
  rejected: null,
  expired: null,
  reversed: null,
} as const satisfies Record<ReferralState, string | null>;

/**
 * Takes referrals a step on in their lives, each with its state, reason and time. Left to be
 * written with what else waits; several steps of one referral leave it at the last.
 */
export function stepReferrals(tx: Tx, steps: readonly ReferralStepInput[]): void {
  for (const { returns = false, ...step } of steps) {
    const { referralId: id, state, reason, at } = step;
    const time = returns ? null : TIME_OF[state];
    addSteps(tx, step);
    changeReferral(tx, { id, state, reason, ...(time && { [time]: at }) });
  }
}
