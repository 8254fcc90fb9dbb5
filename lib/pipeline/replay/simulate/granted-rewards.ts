import type { Asset } from "@/lib/core/money";
import type { Condition, Side, Terms } from "@/lib/terms/schema";
import type { ConditionFacts } from "@/lib/terms/facts/conditions";
import type { Verdict } from "@/lib/terms/kinds/conditions/verdict";
import { decideGrant, freezeTerms, withConfirmed } from "@/lib/rewards/decision";
import type { Due } from "@/lib/rewards/due";
import {
  type GrantedReward,
  type OrderLeft,
  type PointPrice,
  reversalFor,
  shareOfCost,
} from "@/lib/rewards/rules";
import type { History, Moment } from "../read/past";
import { limitUse } from "./limit-use";

/** A reward of a run, as it stands at its time. */
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
  stands: boolean;
  /** Why it fell; null while it stands. */
  fell: string | null;
};

type Kept = RunReward & {
  terms: Omit<GrantedReward, "amountMinor" | "reversedMinor" | "facts">;
  facts: ConditionFacts;
  whole: bigint;
};

/**
 * The rewards of a run and what they use of the limits: what the tables of rewards and the ledger
 * are to the pipeline.
 */
export type Purse = {
  /** By "<rule> <cause> <customer>". */
  rewards: ReadonlyMap<string, RunReward>;
  /** Why a reward was not granted, when it was last asked for. */
  refusals: ReadonlyMap<string, string>;
  isKnown(ruleId: string, causeKey: string, referralId: string): boolean;
  /** @returns whether it was granted, and not before */
  grant(
    due: Due,
    terms: Terms,
    to: { customerId: string; advocateId: string; referralId: string | null },
    at: { price: PointPrice; confirmedReferrals: number },
  ): boolean;
  reverseOrder(orderId: string, left: OrderLeft): void;
  reverseReferral(referralId: string, reason: string): void;
  /** Takes one back, or puts back one that was taken for this reason. */
  take(key: string, reason: string): void;
  putBack(key: string, reason: string): void;
  /** The facts of the first reward of a referral for an order. */
  firstFactsOf(referralId: string, orderId: string): ConditionFacts | null;
  use(moment: Extract<Moment, { kind: "use" }>): void;
};

export function keyOf({
  ruleId,
  causeKey,
  customerId,
}: {
  ruleId: string;
  causeKey: string;
  customerId: string;
}): string {
  return `${ruleId} ${causeKey} ${customerId}`;
}

export function purse({ timeZone }: Pick<History, "timeZone">, terms: Terms): Purse {
  const rewards = new Map<string, Kept>();
  const refusals = new Map<string, string>();
  const byReferral = new Map<string, Kept[]>();
  const byOrder = new Map<string, Kept[]>();
  const limits = limitUse(terms, timeZone);
  const counted = (reward: Kept) => ({
    ...reward,
    advocateId: reward.side === "advocate" ? reward.advocateId : null,
  });
  const drop = (reward: Kept, reason: string) => {
    if (!reward.stands) return;
    limits.count(counted(reward), -1, -reward.costMinor);
    Object.assign(reward, { stands: false, fell: reason, whole: reward.costMinor, costMinor: 0n });
  };
  return {
    rewards,
    refusals,
    isKnown: (ruleId, causeKey, referralId) =>
      byReferral
        .get(referralId)
        ?.some((reward) => reward.ruleId === ruleId && reward.causeKey === causeKey) ?? false,
    grant({ rule, causeKey, cause, facts: known }, terms, to, { price, confirmedReferrals }) {
      const key = keyOf({ ruleId: rule.id, causeKey, customerId: to.customerId });
      if (rewards.has(key)) return false;
      const facts = withConfirmed(rule, known, confirmedReferrals);
      const room = limits.limitsFor(rule, {
        customerId: to.customerId,
        advocateId: rule.side === "advocate" ? to.advocateId : null,
        at: cause.at,
      });
      const chosen = decideGrant(rule, facts, cause.at, price, room);
      if (!chosen.granted) {
        refusals.set(key, wordsOf(chosen.reasons));
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
        stands: true,
        fell: null,
        whole: 0n,
        facts,
        terms: {
          ...frozen,
          conditions: frozen.conditions as Condition,
          qualificationConditions: frozen.qualificationConditions as Condition,
        },
      };
      rewards.set(key, reward);
      if (to.referralId !== null) push(byReferral, to.referralId, reward);
      if (reward.orderId !== null) push(byOrder, reward.orderId, reward);
      limits.count(counted(reward), 1, costMinor);
      return true;
    },
    reverseOrder(orderId, left) {
      for (const reward of byOrder.get(orderId) ?? []) {
        if (!reward.stands) continue;
        const { amountMinor, reversedMinor, facts } = reward;
        const reversal = reversalFor({ ...reward.terms, amountMinor, reversedMinor, facts }, left);
        if (reversal.whole) drop(reward, "The order was refunded.");
        else if (reversal.minor > 0n) {
          const costBack = shareOfCost(
            reward.costMinor,
            reversal.minor,
            amountMinor! - reversedMinor,
          );
          reward.reversedMinor += reversal.minor;
          reward.costMinor -= costBack;
          limits.count(counted(reward), 0, -costBack);
        }
      }
    },
    reverseReferral(referralId, reason) {
      for (const reward of byReferral.get(referralId) ?? []) drop(reward, reason);
    },
    take(key, reason) {
      const reward = rewards.get(key);
      if (reward) drop(reward, reason);
    },
    putBack(key, reason) {
      const reward = rewards.get(key);
      if (!reward || reward.stands || reward.fell !== reason) return;
      Object.assign(reward, { stands: true, fell: null, costMinor: reward.whole });
      limits.count(counted(reward), 1, reward.costMinor);
    },
    firstFactsOf: (referralId, orderId) =>
      byReferral.get(referralId)?.find((reward) => reward.orderId === orderId)?.facts ?? null,
    use: ({ rewards, costMinor, earnedAt, ...use }) =>
      limits.count({ ...use, at: earnedAt }, rewards, costMinor),
  };
}

function push(groups: Map<string, Kept[]>, key: string, reward: Kept): void {
  const group = groups.get(key);
  if (group) group.push(reward);
  else groups.set(key, [reward]);
}

function wordsOf(reasons: readonly Verdict[]): string {
  return reasons
    .filter(({ holds }) => !holds)
    .map(({ message }) => message)
    .join(" ");
}
