import type { Asset } from "@/lib/core/money";
import type { RewardRecord } from "@/lib/rewards/rules/settle";
import { causeText } from "@/lib/terms/facts/causes";
import type { Verdict } from "@/lib/terms/kinds/condition";
import type { Side } from "@/lib/terms/schema";

/** A reward of a run at its time. */
export type RunReward = {
  ruleId: string;
  side: Side;
  /** What it is for, as one text. */
  causeKey: string;
  customerId: string;
  advocateId: string;
  referralId: string | null;
  orderId: string | null;
  at: Date;
  benefit: string;
  asset: Asset | null;
  amountMinor: bigint | null;
  reversedMinor: bigint;
  costMinor: bigint;
  /** Why all of it was reversed; null while it counts. */
  reversedFor: string | null;
};

export type Kept = RunReward & { record: RewardRecord };
/** What makes a reward one of its kind: a rule, a cause and a person. */
export function keyOf(reward: {
  ruleId: string;
  causeRef: { kind: string; ref: string };
  customerId: string;
}): string {
  return `${reward.ruleId} ${causeText(reward.causeRef)} ${reward.customerId}`;
}

/** What is left of a reward; null for what is not an amount. */
export function leftOf({ amountMinor, reversedMinor }: RunReward): bigint | null {
  return amountMinor === null ? null : amountMinor - reversedMinor;
}

/** A reward as limits count it. */
export function counted(reward: RunReward) {
  return { ...reward, advocateId: reward.side === "advocate" ? reward.advocateId : null };
}

export function refusalWords(reasons: readonly Verdict[]): string {
  return reasons
    .filter(({ holds }) => !holds)
    .map(({ message }) => message)
    .join(" ");
}
