import type { Asset } from "@/lib/core/money";
import type { Condition, Side, Terms } from "@/lib/terms/schema";
import type { ConditionFacts } from "@/lib/terms/facts/conditions";
import type { Verdict } from "@/lib/terms/kinds/condition";
import { decideGrant, freezeTerms, withQualified } from "@/lib/rewards/rules/decision";
import type { Due } from "@/lib/terms/rules/due";
import {
  type GrantedReward,
  type OrderLeft,
  reversalFor,
  shareOfCost,
} from "@/lib/rewards/rules/reversal";
import { type PointPrice } from "@/lib/terms/rules/worth";
import type { Past, Moment } from "../read/past";
import { type LimitUse, limitUse } from "./limit-use";

/** A reward of a run at its time. */
export type RunReward = {
  ruleId: string;
  side: Side;
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

type Kept = RunReward & {
  terms: Omit<GrantedReward, "amountMinor" | "reversedMinor" | "facts">;
  facts: ConditionFacts;
  /** What it cost before it was reversed. */
  costBefore: bigint;
};

export function keyOf(reward: { ruleId: string; causeKey: string; customerId: string }): string {
  return `${reward.ruleId} ${reward.causeKey} ${reward.customerId}`;
}

/**
 * The rewards that a run has granted, and what they use of the limits: for a run, what the tables
 * of rewards and the ledger are for the pipeline.
 */
export class GrantedRewards {
  readonly #rewards = new Map<string, Kept>();
  readonly #refusals = new Map<string, string>();
  readonly #byReferral = new Map<string, Kept[]>();
  readonly #byOrder = new Map<string, Kept[]>();
  readonly #limits: LimitUse;

  constructor({ timeZone }: Pick<Past, "timeZone">, terms: Terms) {
    this.#limits = limitUse(terms, timeZone);
  }

  /** By "<rule> <cause> <customer>". */
  get rewards(): ReadonlyMap<string, RunReward> {
    return this.#rewards;
  }

  /** Why a reward was not granted when it was last due, by the same keys. */
  get refusals(): ReadonlyMap<string, string> {
    return this.#refusals;
  }

  isKnown(ruleId: string, causeKey: string, referralId: string): boolean {
    const rewards = this.#byReferral.get(referralId) ?? [];
    return rewards.some((reward) => reward.ruleId === ruleId && reward.causeKey === causeKey);
  }

  /** @returns whether it was granted now */
  grant(
    { rule, causeKey, cause, facts: known }: Due,
    terms: Terms,
    to: { customerId: string; advocateId: string; referralId: string | null },
    { price, qualifiedFriends }: { price: PointPrice; qualifiedFriends: number },
  ): boolean {
    const key = keyOf({ ruleId: rule.id, causeKey, customerId: to.customerId });
    if (this.#rewards.has(key)) return false;
    const facts = withQualified(rule, known, qualifiedFriends);
    const room = this.#limits.limitsFor(rule, {
      customerId: to.customerId,
      advocateId: rule.side === "advocate" ? to.advocateId : null,
      at: cause.at,
    });
    const chosen = decideGrant(rule, facts, cause.at, price, room);
    if (!chosen.granted) {
      this.#refusals.set(key, refusalWords(chosen.reasons));
      return false;
    }
    const frozen = freezeTerms(rule, terms, chosen, price);
    const { amount, costMinor } = chosen.worth;
    const reward: Kept = {
      ruleId: rule.id,
      side: rule.side,
      causeKey,
      ...to,
      orderId: cause.order?.orderId ?? null,
      at: cause.at,
      benefit: chosen.benefit.kind,
      asset: amount?.asset ?? null,
      amountMinor: amount?.minor ?? null,
      reversedMinor: 0n,
      costMinor,
      reversedFor: null,
      costBefore: 0n,
      facts,
      terms: {
        ...frozen,
        conditions: frozen.conditions as Condition,
        qualificationConditions: frozen.qualificationConditions as Condition,
      },
    };
    this.#rewards.set(key, reward);
    if (to.referralId !== null) push(this.#byReferral, to.referralId, reward);
    if (reward.orderId !== null) push(this.#byOrder, reward.orderId, reward);
    this.#limits.count(counted(reward), 1, costMinor);
    return true;
  }

  /** Reverses what an order no longer carries after a refund, whole rewards or parts of them. */
  reverseOrder(orderId: string, left: OrderLeft): void {
    for (const reward of this.#byOrder.get(orderId) ?? []) {
      if (reward.reversedFor !== null) continue;
      const { amountMinor, reversedMinor, facts } = reward;
      const reversal = reversalFor({ ...reward.terms, amountMinor, reversedMinor, facts }, left);
      if (reversal.whole) this.#reverse(reward, "The order was refunded.");
      else if (reversal.minor > 0n) {
        const valueLeft = amountMinor! - reversedMinor;
        const costBack = shareOfCost(reward.costMinor, reversal.minor, valueLeft);
        reward.reversedMinor += reversal.minor;
        reward.costMinor -= costBack;
        this.#limits.count(counted(reward), 0, -costBack);
      }
    }
  }

  reverseReferral(referralId: string, reason: string): void {
    for (const reward of this.#byReferral.get(referralId) ?? []) this.#reverse(reward, reason);
  }

  reverse(key: string, reason: string): void {
    const reward = this.#rewards.get(key);
    if (reward) this.#reverse(reward, reason);
  }

  /** Undoes a reversal for this reason. */
  reinstate(key: string, reason: string): void {
    const reward = this.#rewards.get(key);
    if (!reward || reward.reversedFor !== reason) return;
    Object.assign(reward, { reversedFor: null, costMinor: reward.costBefore });
    this.#limits.count(counted(reward), 1, reward.costMinor);
  }

  /** The facts of the first reward of a referral for an order. */
  firstFactsOf(referralId: string, orderId: string): ConditionFacts | null {
    const rewards = this.#byReferral.get(referralId) ?? [];
    return rewards.find((reward) => reward.orderId === orderId)?.facts ?? null;
  }

  /** Counts what a reward that no run decides has used of the limits, or has freed again. */
  countUse(use: Extract<Moment, { kind: "limit_use" }>): void {
    const { ruleId, customerId, advocateId, earnedAt: at, rewards, costMinor } = use;
    this.#limits.count({ ruleId, customerId, advocateId, at }, rewards, costMinor);
  }

  #reverse(reward: Kept, reason: string): void {
    if (reward.reversedFor !== null) return;
    const { costMinor } = reward;
    this.#limits.count(counted(reward), -1, -costMinor);
    Object.assign(reward, { reversedFor: reason, costBefore: costMinor, costMinor: 0n });
  }
}

/** A reward as limits count it. */
function counted(reward: Kept) {
  return { ...reward, advocateId: reward.side === "advocate" ? reward.advocateId : null };
}

function push(groups: Map<string, Kept[]>, key: string, reward: Kept): void {
  const group = groups.get(key);
  if (group) group.push(reward);
  else groups.set(key, [reward]);
}

function refusalWords(reasons: readonly Verdict[]): string {
  return reasons
    .filter(({ holds }) => !holds)
    .map(({ message }) => message)
    .join(" ");
}
