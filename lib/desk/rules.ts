import type { RewardState } from "@/lib/rewards/schema";
import type { QuestionOutcome } from "./schema";

/**
 * What a member can answer about a reward in this state; leaving it as it is can always be said.
 */
export function possibleOutcomes(reward: {
  state: RewardState;
  underReview: boolean;
}): QuestionOutcome[] {
  const { state } = reward;
  // A referral that waits for a decision keeps its rewards on hold: that decision comes first.
  if (state === "held")
    return reward.underReview ? ["kept", "voided"] : ["kept", "released", "voided"];
  if (state === "available" || state === "issued") return ["kept", "voided"];
  return state === "used" ? ["kept"] : ["kept", "replaced"];
}
