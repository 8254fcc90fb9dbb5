import { isInPoints } from "@/lib/terms/kinds/benefits";
import type { Db, Prisma } from "@/lib/core/db";
import { inScope, type Scope } from "@/lib/merchants/scope";
import type { Rule, Terms } from "@/lib/terms/schema";
import { type ConditionFacts, freezeFacts } from "@/lib/terms/facts/conditions";
import { type Verdict } from "@/lib/terms/kinds/condition";
import {
  type Chosen,
  countsQualified,
  decideGrant,
  decideRule,
  freezeTerms,
  withQualified,
} from "../../rules/decision";
import { isLimited } from "../../rules/limits";
import { type PointPrice } from "@/lib/terms/rules/worth";
import { countGrant } from "./counters";
import { type NewReward, writeGrant } from "./write-grant";
import { lockLimits } from "./lock-limits";

export type GrantInput = {
  rule: Rule;
  terms: Terms;
  program: { id: string; version: number };
  /** The advocate whose referral it is, or whose own action. */
  advocateId: string;
  /** The referral that it comes from; null for an advocate's own action. */
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

type GrantResult =
  | { outcome: "granted"; rewardId: string; reasons: Verdict[] }
  | { outcome: "already"; rewardId: string }
  | { outcome: "refused"; reasons: Verdict[] };

/**
 * Grants one reward under frozen terms, or says why not. Where there are limits, they are read and
 * written under one lock (see `lockLimits`). Without limits they are only counted up, at the end of
 * the transaction. Without a hold the reward is released in the same transaction.
 */
export async function grantReward(scope: Scope, input: GrantInput): Promise<GrantResult> {
  return inScope(scope, async (db, scope) => {
    const { rule, terms, multiplier } = input;
    const { pointCostMilli } = await db.merchant.findUniqueOrThrow({
      where: { id: scope.merchantId },
      select: { pointCostMilli: true },
    });
    const price: PointPrice = { pointCostMilli, multiplierBp: multiplier?.multiplierBp };
    const countsReferrals = countsQualified(rule);
    if (!countsReferrals) {
      const { granted, reasons } = decideRule(rule, input.facts, input.cause.at, price);
      if (!granted) return { outcome: "refused", reasons };
    }
    const locked =
      countsReferrals || isLimited(terms, rule)
        ? await lockLimits(scope, terms, rule, {
            programId: input.program.id,
            advocateId: cappedAdvocate(input),
            advocate: input.advocateId,
            customerId: input.customerId,
            at: input.cause.at,
          })
        : null;
    const existing = await findGranted(db, scope.merchantId, input);
    if (existing) return { outcome: "already", rewardId: existing };

    // Two friends who qualify at the same moment are the third and the fourth, not both the
    // third.
    const facts = locked
      ? withQualified(rule, input.facts, locked.confirmedReferrals)
      : input.facts;
    const chosen = decideGrant(rule, facts, input.cause.at, price, locked && locked.limits);
    if (!chosen.granted) return { outcome: "refused", reasons: chosen.reasons };
    const { reasons } = chosen;
    if (isInPoints(chosen.benefit)) {
      reasons.push(
        ...(multiplier?.reasons ?? []).map((message) => ({
          holds: true,
          code: "points_multiplied",
          message,
        })),
      );
    }
    const rewardId = await writeGrant(scope, newReward({ ...input, facts }, chosen, price));
    if (rewardId === null) {
      // Granted by another transaction since this one looked.
      const granted = await findGranted(db, scope.merchantId, input);
      return { outcome: "already", rewardId: granted! };
    }
    countGrant(scope, {
      programId: input.program.id,
      advocateId: cappedAdvocate(input),
      costMinor: chosen.worth.costMinor,
    });
    return { outcome: "granted", rewardId, reasons };
  });
}

async function findGranted(db: Db, merchantId: string, input: GrantInput): Promise<string | null> {
  const row = await db.reward.findUnique({
    where: {
      merchantId_programId_ruleId_causeKey_customerId: {
        merchantId,
        programId: input.program.id,
        ruleId: input.rule.id,
        causeKey: input.causeKey,
        customerId: input.customerId,
      },
    },
    select: { id: true },
  });
  return row?.id ?? null;
}

function newReward(input: GrantInput, chosen: Chosen, price: PointPrice): NewReward {
  const { rule, terms, program, referral, cause } = input;
  const underReview = referral?.underReview ?? false;
  return {
    row: {
      programId: program.id,
      programVersion: program.version,
      referralId: referral?.id ?? null,
      ruleId: rule.id,
      side: rule.side,
      customerId: input.customerId,
      advocateId: cappedAdvocate(input),
      causeKey: input.causeKey,
      eventId: cause.eventId,
      orderId: cause.orderId,
      arm: input.arm,
      earnedAt: cause.at,
      heldUntil: chosen.heldUntil,
    },
    terms: freezeTerms(rule, terms, chosen, price),
    facts: {
      ...freezeFacts(input.facts),
      reasons: chosen.reasons,
    } as unknown as Prisma.InputJsonValue,
    ...chosen.worth,
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

/** The advocate whose cap it counts against; the friend's side counts against none. */
function cappedAdvocate({ rule, advocateId }: GrantInput): string | null {
  return rule.side === "advocate" ? advocateId : null;
}
