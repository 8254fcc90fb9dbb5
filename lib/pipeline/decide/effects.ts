import type { Step } from "@/lib/referrals/rules";
import type { Change, DueReward, GrantTo, RewardRecord, Wanted } from "@/lib/rewards/rules/settle";
import type { ReversalReason, RewardState } from "@/lib/rewards/schema";
import type { Verdict } from "@/lib/terms/kinds/condition";
import type { ReferralWorld } from "./world";

/** What deciding comes to. Everything that it changes is one of these; `write` carries them out. */
export type Effect =
  | { kind: "step_referral"; referral: ReferralWorld; step: Step }
  /** Grants it if limits leave room: they are asked last, under their locks. */
  | { kind: "grant"; due: Wanted; to: GrantTo }
  | { kind: "refuse"; due: DueReward; to: GrantTo; basis: string; reasons: readonly Verdict[] }
  | { kind: "reverse"; reward: RewardRecord; because: ReversalReason }
  | { kind: "change"; change: Change }
  /**
   * A qualified referral is rewarded once none of its rewards is on hold any more. `before`: the
   * states of those that it had, where all of them are known and none of them changes.
   */
  | { kind: "complete"; referralId: string; before: readonly RewardState[] | null }
  /** The advocate is looked at with all of their friends in view. */
  | { kind: "note_advocate"; advocateId: string; referralId: string };
