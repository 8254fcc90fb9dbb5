import type { Db, Prisma } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { postAtEnd } from "@/lib/ledger/commands";
import { ALWAYS } from "@/lib/programs/rules";
import type { Fallback, Rule, Terms } from "@/lib/programs/schema";
import { announceReward } from "../announce";
import { leavesOf } from "../asked";
import { type ConditionFacts, freezeFacts, type Verdict } from "../conditions";
import { decideWithin, isLimited } from "../limits";
import { decideRule, type PointPrice, type Worth, worthOf } from "../rules";
import type { FrozenTerms } from "../schema";
import { countGrant } from "./counts";
import { releaseReward } from "./release";
import { stepReward } from "./step";
import { lockLimits } from "./use-of-limits";

export type GrantInput = {
  rule: Rule;
  terms: Terms;
  program: { id: string; version: number };
  /** The advocate whose referral it is, or whose own doing. */
  advocateId: string;
  /** The referral that it comes from; null for an advocate's own doing. */
  referral: { id: string; underReview: boolean } | null;
  /** Who gets it. */
  customerId: string;
  /** What it is granted for: with the rule and the person, granted once. */
  causeKey: string;
  cause: { eventId: string | null; orderId: string | null; at: Date };
  facts: ConditionFacts;
  /** How much more points count for this person now, and why. Only for rules that give points. */
  multiplier?: { multiplierBp: number; reasons: readonly string[] } | null;
  /** The arm of the experiment that it counts for. */
  arm: string | null;
};

export type GrantResult =
  | { outcome: "granted"; rewardId: string; reasons: Verdict[] }
  | { outcome: "already"; rewardId: string }
  | { outcome: "refused"; reasons: Verdict[] };

/** What is given in the end: the rule's own benefit, or its smaller one. */
type Chosen = Fallback & { worth: Worth; isFallback: boolean; heldUntil: Date; reasons: Verdict[] };

/**
 * Grants one reward under frozen terms, or says why not. Where there are limits, they are read and written under one lock
 * (see `lockLimits`). Without limits they are only counted up, at the end of the transaction. Without a hold the reward is
 * released in the same transaction.
 */
export async function grantReward(scope: Scope, input: GrantInput): Promise<GrantResult> {
  return inScope(scope, async (db, scope) => {
    const { rule, terms, multiplier } = input;
    const { pointCostMilli } = await db.merchant.findUniqueOrThrow({
      where: { id: scope.merchantId }, select: { pointCostMilli: true },
    });
    const price: PointPrice = { pointCostMilli, multiplierBp: multiplier?.multiplierBp };
    const countsReferrals = countsConfirmed(rule);
    if (!countsReferrals) {
      const { granted, reasons } = decideRule(rule, input.facts, input.cause.at, price);
      if (!granted) return { outcome: "refused", reasons };
    }
    const locked = countsReferrals || isLimited(terms, rule)
      ? await lockLimits(scope, terms, rule, {
          programId: input.program.id, advocateId: rule.side === "advocate" ? input.advocateId : null, advocate: input.advocateId,
          customerId: input.customerId, at: input.cause.at,
        })
      : null;
    const existing = await findGranted(db, scope.merchantId, input);
    if (existing) return { outcome: "already", rewardId: existing };

    // Two friends who are confirmed at the same moment are the third and the fourth, not both the third.
    const facts = locked && countsReferrals && rule.on.kind !== "milestone"
      ? { ...input.facts, counts: { ...input.facts.counts, confirmed_referrals: locked.confirmedReferrals } } : input.facts;
    const decision = decideRule(rule, facts, input.cause.at, price);
    if (!decision.granted) return { outcome: "refused", reasons: decision.reasons };
    const fallback = rule.fallback && worthOf(rule.fallback, facts, price);
    const fallbackCost = fallback && fallback.amount?.minor !== 0n ? fallback.costMinor : null;
    const within = locked ? decideWithin(locked.limits, decision.worth.costMinor, fallbackCost) : { give: "benefit" as const, reasons: [] };
    const reasons = [...decision.reasons, ...within.reasons];
    if (within.give === "nothing") return { outcome: "refused", reasons };
    const isFallback = within.give === "fallback";
    const chosen: Chosen = {
      ...(isFallback ? { ...rule.fallback!, worth: fallback! } : { benefit: rule.benefit, calculator: rule.calculator, worth: decision.worth }),
      isFallback, heldUntil: decision.heldUntil, reasons,
    };
    if (chosen.benefit.kind === "points") {
      reasons.push(...(multiplier?.reasons ?? []).map((message) => ({ holds: true, code: "points_multiplied", message })));
    }
    const rewardId = await write(db, scope, { ...input, facts }, chosen, price);
    if (chosen.heldUntil <= scopeNow(scope) && !input.referral?.underReview) {
      await releaseReward(scope, rewardId);
    } else {
      await announceReward(scope, rewardId, "reward_held");
    }
    return { outcome: "granted", rewardId, reasons };
  });
}

/** Whether it depends on how many confirmed referrals there are: then they must not be counted by two at once. */
function countsConfirmed({ conditions, calculator, fallback }: Rule): boolean {
  return leavesOf(conditions).some((leaf) => leaf.kind === "count" && leaf.of === "confirmed_referrals")
    || [calculator, fallback?.calculator].some((one) => one?.kind === "tiered_by_count" && one.of === "confirmed_referrals");
}

async function findGranted(db: Db, merchantId: string, input: GrantInput): Promise<string | null> {
  const row = await db.reward.findUnique({
    where: {
      merchantId_programId_ruleId_causeKey_customerId: {
        merchantId, programId: input.program.id, ruleId: input.rule.id, causeKey: input.causeKey, customerId: input.customerId,
      },
    },
    select: { id: true },
  });
  return row?.id ?? null;
}

async function write(
  db: Db, scope: Scope & { db: Db }, input: GrantInput, chosen: Chosen, price: PointPrice,
): Promise<string> {
  const { rule, terms, program, referral, cause } = input;
  const { amount, costMinor } = chosen.worth;
  const { merchantId } = scope;
  const rewardId = newId("rwd");
  const isMultiplied = chosen.benefit.kind === "points" && price.multiplierBp !== undefined && price.multiplierBp !== 10_000;
  const frozen: FrozenTerms = {
    currency: terms.currency, benefit: chosen.benefit, calculator: chosen.calculator, holdDays: rule.holdDays,
    conditions: rule.conditions, pointCostMilli: price.pointCostMilli, on: rule.on.kind,
    // What does not wait for the referral to be confirmed does not fall with it either.
    qualificationConditions: restsOnConfirmation(rule) ? terms.qualification.conditions : ALWAYS,
    ...(rule.expiry && { expiry: rule.expiry }), ...(isMultiplied && { multiplierBp: price.multiplierBp }),
    ...(chosen.isFallback && { fallback: true }),
  };
  const facts = { ...freezeFacts(input.facts), reasons: chosen.reasons };
  const advocateId = rule.side === "advocate" ? input.advocateId : null;
  await db.reward.create({
    data: {
      merchantId, id: rewardId, programId: program.id, programVersion: program.version,
      referralId: referral?.id ?? null, ruleId: rule.id, side: rule.side, customerId: input.customerId, advocateId,
      causeKey: input.causeKey, eventId: cause.eventId, orderId: cause.orderId, state: "held", reason: "on_hold", arm: input.arm,
      terms: frozen as unknown as Prisma.InputJsonValue, facts: facts as unknown as Prisma.InputJsonValue,
      amountMinor: amount?.minor ?? null, asset: amount?.asset ?? null, costMinor: 0n,
      earnedAt: cause.at, grantedAt: scopeNow(scope), heldUntil: chosen.heldUntil,
    },
  });
  await stepReward(scope, {
    rewardId, state: "held", at: cause.at, costMinor,
    reason: referral?.underReview ? "under_review" : chosen.isFallback ? "smaller_benefit" : rule.holdDays === 0 ? "granted" : "on_hold",
    ...(amount && { amountMinor: amount.minor }),
  });
  countGrant(scope, { programId: program.id, advocateId, costMinor });
  if (amount) {
    postAtEnd(scope, [{
      causeKey: `reward:${rewardId}:grant`, rewardId, amount, occurredAt: cause.at, memo: "Reward granted",
      from: { kind: "funding", ownerId: program.id, asset: amount.asset },
      to: { kind: "pending", ownerId: input.customerId, asset: amount.asset },
    }]);
  }
  return rewardId;
}

/** Whether a refund that undoes the confirmation of a referral takes this reward with it. */
function restsOnConfirmation({ on }: Rule): boolean {
  return on.kind === "qualified" || on.kind === "second_level";
}
