import type { Prisma } from "@/lib/core/db";
import { accountsToKnow } from "@/lib/ledger/commands/post-transfers";
import type { AccountRef } from "@/lib/ledger/rules/accounts";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import { causeText } from "@/lib/terms/facts/causes";
import { freezeFacts } from "@/lib/terms/facts/conditions";
import { freezeSteps } from "@/lib/terms/facts/worked";
import { deliveryOf, hasAmount, isInPoints } from "@/lib/terms/kinds/benefits";
import type { Verdict } from "@/lib/terms/kinds/condition";
import { benefitAsset } from "@/lib/terms/rules/worth";
import type { Benefit, Rule } from "@/lib/terms/schema";
import { type Chosen, decideGrant, freezeTerms, holdEnd } from "../../rules/decision";
import { countedAs, type LimitUse } from "../../rules/limit-use";
import type { GrantTo, GrantWanted } from "../../rules/settle";
import type { RewardState } from "../../schema";
import { countGrant } from "./counters";
import { lockLimits } from "./lock-limits";
import { restoreReward } from "./restore-reward";
import {
  finishGrants,
  type GrantedReward,
  leaveGrant,
  type NewReward,
  type RewardEmails,
} from "./write-grant";

export type GrantResult =
  /** `state` is the one that it is in by now; null for one that was restored. */
  | { outcome: "granted"; rewardId: string; state: RewardState | null; reasons: Verdict[] }
  | { outcome: "refused"; reasons: Verdict[] };

export type GrantOptions = {
  /**
   * Nothing more is granted in this transaction: the accounts of what is released at once are
   * locked with the limits.
   */
  isLast?: boolean;
  emails?: RewardEmails;
};

/**
 * Grants what settling wants under frozen terms, one after the other, if limits leave room, or says
 * why not. Where there are limits, all of them are locked and read at once (see `lockLimits`);
 * without, they are only counted up, at the end of the transaction. What is granted is left to be
 * written. Without a hold a reward is released in the same transaction. One of which its owner kept
 * a part when it was reversed is restored, with what is missing.
 * @returns for each, in order, what became of it
 */
export async function grantRewards(
  tx: Tx,
  wanted: readonly GrantWanted[],
  { isLast = false, emails }: GrantOptions = {},
): Promise<GrantResult[]> {
  const accounts = isLast ? accountsAtOnce(tx, wanted) : [];
  let limits = await lockLimits(tx, wanted, accounts);
  const results: GrantResult[] = [];
  const granted: GrantedReward[] = [];
  const known = new Set<string>();
  for (const [place, one] of wanted.entries()) {
    const { due, to } = one;
    const key = `${to.programId} ${due.rule.id} ${causeText(due.causeRef)} ${due.customerId}`;
    const use = limits.get(to.programId);
    const chosen = known.has(key)
      ? { granted: false as const, reasons: [GRANTED_BEFORE] }
      : decideOne(one, use);
    if (!chosen.granted) {
      results.push({ outcome: "refused", reasons: chosen.reasons });
      continue;
    }
    known.add(key);
    const { reasons } = chosen;
    if (due.kept !== null && !chosen.isFallback) {
      const rewardId = await restoreReward(tx, due.kept, { due, worth: chosen.worth });
      results.push({ outcome: "granted", rewardId, state: null, reasons });
      // What it takes of the limits depends on what was kept.
      limits = await lockLimits(tx, wanted.slice(place + 1), []);
      continue;
    }
    const reward = leaveGrant(tx, newReward(one, chosen));
    const { costMinor } = chosen.worth;
    const counted = countedAs(one);
    countGrant(tx, { programId: to.programId, advocateId: counted.advocateId, costMinor });
    use?.count(counted, 1, costMinor);
    granted.push(reward);
    results.push({ outcome: "granted", rewardId: reward.id, state: reward.state, reasons });
  }
  await finishGrants(tx, granted, emails);
  return results;
}

function decideOne({ due, to }: GrantWanted, use: LimitUse | undefined) {
  const { rule, facts, cause, price } = due;
  const limits = use?.limitsFor(to.terms, rule, countedAs({ due, to })) ?? null;
  const chosen = decideGrant(rule, facts, cause, price, limits);
  if (!chosen.granted || !isInPoints(chosen.benefit)) return chosen;
  return { ...chosen, reasons: [...chosen.reasons, ...due.priceReasons.map(multiplied)] };
}

/**
 * The accounts of these rewards, if anything that is released at once pays first what its owner
 * owes: then they have to be locked before.
 */
function accountsAtOnce(tx: Tx, wanted: readonly GrantWanted[]): AccountRef[] {
  const now = scopeNow(tx);
  const moves = wanted.flatMap(({ due: { rule, cause, customerId }, to }) => {
    const hasHold = holdEnd(rule.holdDays, cause) > now;
    return [rule.benefit, ...(rule.fallback ? [rule.fallback.benefit] : [])]
      .filter(hasAmount)
      .flatMap((benefit) => {
        const asset = benefitAsset(benefit, to.terms.currency);
        const delivery = deliveryOf(benefit);
        const own = (kind: AccountRef["kind"]) => ({ kind, ownerId: customerId, asset });
        const from = { kind: "funding", ownerId: to.programId, asset } as const;
        const released = own(delivery === "balance" ? "available" : "issued");
        const granted = { from, to: own("pending") };
        return hasHold || waitsForReview(to, rule, benefit)
          ? [granted]
          : [granted, { from: granted.to, to: released, repays: delivery === "payout" }];
      });
  });
  return accountsToKnow(moves);
}

/**
 * Whether a reward waits for the review of its referral. The coupon that a friend gets for joining
 * does not, unless the friend may be somebody who is known: it costs nothing until they buy.
 */
function waitsForReview({ referral }: GrantTo, { side, on }: Rule, benefit: Benefit): boolean {
  if (!referral?.underReview) return false;
  const isWelcome = side === "friend" && on.kind === "join" && deliveryOf(benefit) === "coupon";
  return referral.couponWaits || !isWelcome;
}

/** It was granted in the same transaction. */
const GRANTED_BEFORE: Verdict = {
  holds: false,
  code: "reward_known",
  message: "This was rewarded already.",
};

function multiplied(message: string): Verdict {
  return { holds: true, code: "points_multiplied", message };
}

function newReward(wanted: GrantWanted, chosen: Chosen): NewReward {
  const { due, to } = wanted;
  const { rule, causeRef, cause, price } = due;
  const underReview = waitsForReview(to, rule, chosen.benefit);
  return {
    row: {
      source: "rule",
      programId: to.programId,
      programVersion: to.programVersion,
      referralId: to.referral?.id ?? null,
      ruleId: rule.id,
      side: rule.side,
      customerId: due.customerId,
      advocateId: countedAs(wanted).advocateId,
      causeKind: causeRef.kind,
      causeRef: causeRef.ref,
      eventId: cause.eventId,
      orderId: cause.order?.orderId ?? null,
      arm: to.arm,
      earnedAt: cause.at,
      heldUntil: chosen.heldUntil,
    },
    terms: freezeTerms(rule, to.terms, chosen, price),
    facts: {
      ...freezeFacts(due.facts),
      reasons: chosen.reasons,
      worked: freezeSteps(chosen.worth.steps),
    } as unknown as Prisma.InputJsonValue,
    amount: chosen.worth.amount,
    costMinor: chosen.worth.costMinor,
    reason: underReview
      ? "under_review"
      : chosen.isFallback
        ? "smaller_benefit"
        : rule.holdDays === 0
          ? "granted"
          : "on_hold",
    underReview,
    memo: "Reward granted",
  };
}
