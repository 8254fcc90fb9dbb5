import type { RewardState } from "@/lib/rewards/schema";
import type { QuestionOutcome } from "./schema";

/** What an answer can do to a reward in this state; it can always leave the reward as it is. */
export function possibleOutcomes(reward: {
  state: RewardState;
  underReview: boolean;
}): QuestionOutcome[] {
  const { state } = reward;
  // While a referral is under review its rewards stay on hold.
  if (state === "held")
    return reward.underReview ? ["kept", "voided"] : ["kept", "released", "voided"];
  if (state === "available" || state === "issued") return ["kept", "voided"];
  return state === "used" ? ["kept"] : ["kept", "replaced"];
}
