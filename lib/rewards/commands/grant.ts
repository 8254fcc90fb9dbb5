import type { Db, Prisma } from "@/lib/core/db";
import { assert, notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { postAtEnd } from "@/lib/ledger/commands";
import { ALWAYS } from "@/lib/programs/rules";
import type { Rule, Terms } from "@/lib/programs/schema";
import { announceReward } from "../announce";
import type { ConditionFacts, Verdict } from "../conditions";
import { decideRule, limitsOf, refusedByLimits, type RuleDecision } from "../rules";
import type { FrozenTerms } from "../schema";
import { countGrant, writeCounts } from "./counts";
import { releaseReward } from "./release";
import { stepReward } from "./step";

export type GrantInput = {
  rule: Rule;
  terms: Terms;
  referral: { id: string; programId: string; programVersion: number; advocateId: string; underReview: boolean };
  /** Who gets it. */
  customerId: string;
  /** What it is granted for: with the rule and the person, granted once. */
  causeKey: string;
  cause: { eventId: string; orderId: string | null; at: Date };
  facts: ConditionFacts;
};

export type GrantResult =
  | { outcome: "granted"; rewardId: string; reasons: Verdict[] }
  | { outcome: "already"; rewardId: string }
  | { outcome: "refused"; reasons: Verdict[] };

/**
 * Grants one reward under frozen terms, or says why not. Where there are limits, the program's budget row is locked first,
 * then the advocate's: whoever comes second sees what the first used. Without limits both are only counted up, at the end
 * of the transaction. Without a hold the reward is released in the same transaction.
 */
export async function grantReward(scope: Scope, input: GrantInput): Promise<GrantResult> {
  return inScope(scope, async (db, scope) => {
    const { pointCostMilli } = await db.merchant.findUniqueOrThrow({
      where: { id: scope.merchantId }, select: { pointCostMilli: true },
    });
    const decision = decideRule(input.rule, input.facts, input.cause.at, pointCostMilli);
    if (!decision.granted) return { outcome: "refused", reasons: decision.reasons };

    const used = isLimited(input.terms) ? await lockCounters(scope, input) : null;
    const existing = await findGranted(db, scope.merchantId, input);
    if (existing) return { outcome: "already", rewardId: existing };
    const refusal = used && refusedByLimits(limitsOf(input.terms, used), decision.worth.costMinor);
    if (refusal) return { outcome: "refused", reasons: [...decision.reasons, refusal] };

    const rewardId = await write(db, scope, input, decision, pointCostMilli);
    if (decision.heldUntil <= scopeNow(scope) && !input.referral.underReview) {
      await releaseReward(scope, rewardId);
    } else {
      await announceReward(scope, rewardId, "reward_held");
    }
    return { outcome: "granted", rewardId, reasons: decision.reasons };
  });
}

function isLimited({ advocateCap, budget }: Terms): boolean {
  return advocateCap !== null || budget.cost !== null || budget.rewards !== null;
}

async function lockCounters(scope: Scope & { db: Db }, { referral, rule }: GrantInput) {
  const { db, merchantId } = scope;
  await writeCounts(scope);
  const [budget] = await db.$queryRaw<{ rewards: number; costMinor: bigint }[]>`
    SELECT rewards, cost_minor AS "costMinor" FROM program_budget
    WHERE merchant_id = ${merchantId} AND program_id = ${referral.programId} FOR NO KEY UPDATE`;
  if (!budget) throw notFound("program");
  let advocateRewards: number | null = null;
  if (rule.side === "advocate") {
    const [advocate] = await db.$queryRaw<{ rewardCount: number }[]>`
      SELECT reward_count AS "rewardCount" FROM advocate
      WHERE merchant_id = ${merchantId} AND id = ${referral.advocateId} FOR NO KEY UPDATE`;
    assert(advocate, "a referral has an advocate");
    advocateRewards = advocate.rewardCount;
  }
  return { advocateRewards, programRewards: budget.rewards, programCostMinor: budget.costMinor };
}

async function findGranted(db: Db, merchantId: string, input: GrantInput): Promise<string | null> {
  const row = await db.reward.findUnique({
    where: {
      merchantId_programId_ruleId_causeKey_customerId: {
        merchantId, programId: input.referral.programId, ruleId: input.rule.id, causeKey: input.causeKey, customerId: input.customerId,
      },
    },
    select: { id: true },
  });
  return row?.id ?? null;
}

async function write(
  db: Db, scope: Scope & { db: Db }, input: GrantInput, decision: RuleDecision & { granted: true }, pointCostMilli: number,
): Promise<string> {
  const { rule, terms, referral, cause } = input;
  const { amount, costMinor } = decision.worth;
  const { merchantId } = scope;
  const rewardId = newId("rwd");
  const frozen: FrozenTerms = {
    currency: terms.currency, benefit: rule.benefit, calculator: rule.calculator, holdDays: rule.holdDays,
    conditions: rule.conditions, pointCostMilli,
    // What does not wait for the referral to be confirmed does not fall with it either.
    qualificationConditions: rule.on.kind === "qualified" ? terms.qualification.conditions : ALWAYS,
  };
  const facts = { ...input.facts, orderMinor: input.facts.orderMinor?.toString() ?? null, reasons: decision.reasons };
  await db.reward.create({
    data: {
      merchantId, id: rewardId, programId: referral.programId, programVersion: referral.programVersion,
      referralId: referral.id, ruleId: rule.id, side: rule.side, customerId: input.customerId,
      advocateId: rule.side === "advocate" ? referral.advocateId : null, causeKey: input.causeKey,
      eventId: cause.eventId, orderId: cause.orderId, state: "held", reason: "on_hold",
      terms: frozen as unknown as Prisma.InputJsonValue, facts: facts as unknown as Prisma.InputJsonValue,
      amountMinor: amount?.minor ?? null, asset: amount?.asset ?? null, costMinor: 0n,
      earnedAt: cause.at, grantedAt: scopeNow(scope), heldUntil: decision.heldUntil,
    },
  });
  await stepReward(scope, {
    rewardId, state: "held", at: cause.at, costMinor,
    reason: referral.underReview ? "under_review" : rule.holdDays === 0 ? "granted" : "on_hold",
    ...(amount && { amountMinor: amount.minor }),
  });
  const advocateId = rule.side === "advocate" ? referral.advocateId : null;
  countGrant(scope, { programId: referral.programId, advocateId, costMinor });
  if (amount) {
    postAtEnd(scope, [{
      causeKey: `reward:${rewardId}:grant`, rewardId, amount, occurredAt: cause.at, memo: "Reward granted",
      from: { kind: "funding", ownerId: referral.programId, asset: amount.asset },
      to: { kind: "pending", ownerId: input.customerId, asset: amount.asset },
    }]);
  }
  return rewardId;
}
