import { type CauseRef, causeText } from "@/lib/terms/facts/causes";
import type { ConditionFacts } from "@/lib/terms/facts/conditions";
import type { Due } from "@/lib/terms/rules/due";
import { evaluate } from "@/lib/terms/rules/evaluate";
import { type PointPrice, worthOf } from "@/lib/terms/rules/worth";
import type { Condition, Rule, Terms } from "@/lib/terms/schema";
import type { Verdict } from "@/lib/terms/kinds/condition";
import type { FrozenTerms, ReversalReason, RewardState } from "../schema";
import { basisOf } from "./basis";
import { decideRule } from "./decision";

/**
 * Rewards are settled, not added: what the facts call for is compared with what was granted. What
 * is missing is granted, what has lost its cause is reversed, what rests on other facts by now is
 * brought to what they are worth. A pure function: the same facts end the same in whatever order
 * they arrived.
 */

/** A reward that was granted, as settling sees it. Amounts in minor units of its asset. */
export type RewardRecord = {
  id: string;
  ruleId: string;
  causeRef: { kind: string; ref: string };
  customerId: string;
  referralId: string | null;
  eventId: string | null;
  orderId: string | null;
  state: RewardState;
  /** Why it was voided or reversed, if it was. */
  reversalReason: ReversalReason | null;
  amountMinor: bigint | null;
  reversedMinor: bigint;
  /** How much of what was reversed came back, or is owed. */
  recoveredMinor: bigint;
  terms: FrozenTerms & { conditions: Condition; qualificationConditions: Condition };
  /** The facts that it rests on. */
  facts: ConditionFacts;
};

/** A reward that was refused, and what that was decided on. */
export type RefusalRecord = {
  ruleId: string;
  causeRef: { kind: string; ref: string };
  customerId: string;
  basis: string;
};

/** A rule whose cause has come, and who gets its reward. */
export type DueReward = Due & {
  customerId: string;
  price: PointPrice;
  /** Why its points count more for this person, in plain words. */
  priceReasons: readonly string[];
};

/** Whom a reward is for and under which terms, beside the rule and its cause. */
export type GrantTo = {
  terms: Terms;
  programId: string;
  programVersion: number;
  /** The advocate whose referral it is, or whose own action. */
  advocateId: string;
  arm: string | null;
  /** The referral that it comes from; null for an advocate's own action. */
  referral: {
    id: string;
    underReview: boolean;
    /** Its review holds the coupon that the friend gets for joining as well. */
    couponWaits: boolean;
  } | null;
};

/** What settling comes to. Limits are asked last: see `grantRewards`. */
export type Settlement = {
  /** What meets its conditions and is not granted yet. */
  wanted: Wanted[];
  refused: (DueReward & { basis: string; reasons: Verdict[] })[];
  /** What has lost its cause. */
  reversed: { reward: RewardRecord; because: ReversalReason }[];
  /** What rests on another event, or on facts that turned out different. */
  changed: Change[];
};

/**
 * A reward to grant. `kept` is one for the same cause that was reversed while its owner kept some
 * of it, as it was spent: that counts, and only what is missing is paid.
 */
export type Wanted = DueReward & { kept: RewardRecord | null };

/** A reward to grant, and whom it is for. */
export type GrantWanted = { due: Wanted; to: GrantTo };

export type Change = {
  reward: RewardRecord;
  due: DueReward;
  facts: ConditionFacts;
  /** What it is worth now; null for what is not an amount. */
  worthMinor: bigint | null;
};

type SettleInput = {
  due: readonly DueReward[];
  /** Rewards that may be for these causes, or for others that are no more. */
  rewards: readonly RewardRecord[];
  refusals: readonly RefusalRecord[];
  /** Why a reward loses its cause, where its order was not simply returned. */
  lostBecause(reward: RewardRecord): ReversalReason;
};

/**
 * Compares what is due with what was decided before. For one rule, cause and person there is at
 * most one reward.
 */
export function settleRewards(input: SettleInput): Settlement {
  const { due, rewards, refusals } = input;
  const settlement: Settlement = { wanted: [], refused: [], reversed: [], changed: [] };
  const called = new Map(due.map((one) => [keyOf(one.rule.id, one.causeRef, one.customerId), one]));
  const settled = new Set<string>();
  const kept = new Map<string, RewardRecord>();
  for (const reward of rewards) {
    const key = keyOf(reward.ruleId, reward.causeRef, reward.customerId);
    if (!isLive(reward)) {
      if (isClosed(reward)) settled.add(key);
      else if (isKept(reward)) kept.set(key, reward);
      continue;
    }
    settled.add(key);
    const one = called.get(key);
    if (one) settleOne(settlement, reward, one, input);
    else settlement.reversed.push({ reward, because: input.lostBecause(reward) });
  }
  const basisRefused = new Map(
    refusals.map((one) => [keyOf(one.ruleId, one.causeRef, one.customerId), one.basis]),
  );
  for (const [key, one] of called) {
    if (settled.has(key)) continue;
    const basis = basisOf(one);
    // It was decided on these very facts.
    if (basisRefused.get(key) === basis) continue;
    const { granted, reasons } = decideRule(one.rule, one.facts, one.cause, one.price);
    if (granted) settlement.wanted.push({ ...one, kept: kept.get(key) ?? null });
    else settlement.refused.push({ ...one, basis, reasons });
  }
  return settlement;
}

function settleOne(
  settlement: Settlement,
  reward: RewardRecord,
  due: DueReward,
  { lostBecause }: SettleInput,
): void {
  const facts = factsNow(reward, due);
  const { conditions, qualificationConditions } = reward.terms;
  const isMet = evaluate(conditions, facts).holds && evaluate(qualificationConditions, facts).holds;
  const worth = worthOf(reward.terms, facts, {
    pointCostMilli: 0,
    multiplierBp: reward.terms.multiplierBp,
  });
  if (!isMet || (reward.amountMinor !== null && (worth.amount?.minor ?? 0n) === 0n)) {
    settlement.reversed.push({ reward, because: lostBecause(reward) });
    return;
  }
  const isMoved = reward.eventId !== due.cause.eventId;
  if (!isMoved && basisOf({ ...due, facts }) === basisOf({ ...due, facts: reward.facts })) return;
  const worthMinor = reward.amountMinor === null ? null : worth.amount!.minor;
  settlement.changed.push({ reward, due, facts, worthMinor });
}

/**
 * The facts of a grant as they are now. People stay as they were when it was decided; of
 * another event than it was granted for, all facts are that event's.
 */
function factsNow(reward: RewardRecord, { cause, facts }: DueReward): ConditionFacts {
  if (reward.eventId !== cause.eventId) return facts;
  const { orderMinor, lines, isNewCustomer, counts, at } = facts;
  return {
    ...reward.facts,
    // When it happened may be stated anew; what was frozen without a time stays without.
    at: reward.facts.at === null ? null : at,
    orderMinor,
    lines: reward.facts.lines === null ? null : lines,
    isNewCustomer,
    counts: { ...reward.facts.counts, ...askedCounts(reward.facts.counts, counts) },
  };
}

/** Counts as they are now, of those that were known when it was decided. */
function askedCounts(then: ConditionFacts["counts"], now: ConditionFacts["counts"]) {
  return Object.fromEntries(
    Object.entries(now).filter(
      ([kind, count]) => count !== null && then[kind as keyof typeof then] !== null,
    ),
  );
}

/** Whether a reward is there: not voided and not reversed. */
function isLive({ state }: Pick<RewardRecord, "state">): boolean {
  return state !== "voided" && state !== "reversed";
}

/** Whether its owner kept some of it when it was reversed: it had been spent or used. */
function isKept({ state, amountMinor, reversedMinor, recoveredMinor }: RewardRecord): boolean {
  return state === "reversed" && amountMinor !== null && reversedMinor > recoveredMinor;
}

/** Whether a person decided that there is none; the facts do not bring it back. */
function isClosed({ reversalReason }: RewardRecord): boolean {
  return (
    reversalReason === "voided_by_staff" ||
    reversalReason === "cancelled_by_shop" ||
    reversalReason === "cancelled_by_customer"
  );
}

function keyOf(ruleId: Rule["id"], causeRef: CauseRef | RewardRecord["causeRef"], who: string) {
  return `${ruleId} ${causeText(causeRef)} ${who}`;
}
