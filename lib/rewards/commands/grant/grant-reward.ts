import type { Db, Prisma } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { postAtEnd } from "@/lib/ledger/commands/post-transfers";
import type { Rule, Terms } from "@/lib/programs/schema";
import { announceReward } from "../announce-reward";
import { type ConditionFacts, freezeFacts, type Verdict } from "../../conditions";
import {
  type Chosen,
  countsConfirmed,
  decideGrant,
  freezeTerms,
  withConfirmed,
} from "../../decision";
import { isLimited } from "../../limits";
import { decideRule, type PointPrice } from "../../rules";
import { countGrant } from "./counters";
import { releaseReward } from "../release/release-reward";
import { stepReward } from "../step-reward";
import { lockLimits } from "./lock-limits";

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
    const countsReferrals = countsConfirmed(rule);
    if (!countsReferrals) {
      const { granted, reasons } = decideRule(rule, input.facts, input.cause.at, price);
      if (!granted) return { outcome: "refused", reasons };
    }
    const locked =
      countsReferrals || isLimited(terms, rule)
        ? await lockLimits(scope, terms, rule, {
            programId: input.program.id,
            advocateId: rule.side === "advocate" ? input.advocateId : null,
            advocate: input.advocateId,
            customerId: input.customerId,
            at: input.cause.at,
          })
        : null;
    const existing = await findGranted(db, scope.merchantId, input);
    if (existing) return { outcome: "already", rewardId: existing };

    // Two friends who are confirmed at the same moment are the third and the fourth, not both the
    // third.
    const facts = locked
      ? withConfirmed(rule, input.facts, locked.confirmedReferrals)
      : input.facts;
    const chosen = decideGrant(rule, facts, input.cause.at, price, locked && locked.limits);
    if (!chosen.granted) return { outcome: "refused", reasons: chosen.reasons };
    const { reasons } = chosen;
    if (chosen.benefit.kind === "points") {
      reasons.push(
        ...(multiplier?.reasons ?? []).map((message) => ({
          holds: true,
          code: "points_multiplied",
          message,
        })),
      );
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

async function write(
  db: Db,
  scope: Scope & { db: Db },
  input: GrantInput,
  chosen: Chosen,
  price: PointPrice,
): Promise<string> {
  const { rule, terms, program, referral, cause } = input;
  const { amount, costMinor } = chosen.worth;
  const { merchantId } = scope;
  const rewardId = newId("rwd");
  const frozen = freezeTerms(rule, terms, chosen, price);
  const facts = { ...freezeFacts(input.facts), reasons: chosen.reasons };
  const advocateId = rule.side === "advocate" ? input.advocateId : null;
  await db.reward.create({
    data: {
      merchantId,
      id: rewardId,
      programId: program.id,
      programVersion: program.version,
      referralId: referral?.id ?? null,
      ruleId: rule.id,
      side: rule.side,
      customerId: input.customerId,
      advocateId,
      causeKey: input.causeKey,
      eventId: cause.eventId,
      orderId: cause.orderId,
      state: "held",
      reason: "on_hold",
      arm: input.arm,
      terms: frozen as unknown as Prisma.InputJsonValue,
      facts: facts as unknown as Prisma.InputJsonValue,
      amountMinor: amount?.minor ?? null,
      asset: amount?.asset ?? null,
      costMinor: 0n,
      earnedAt: cause.at,
      grantedAt: scopeNow(scope),
      heldUntil: chosen.heldUntil,
    },
  });
  await stepReward(scope, {
    rewardId,
    state: "held",
    at: cause.at,
    costMinor,
    reason: referral?.underReview
      ? "under_review"
      : chosen.isFallback
        ? "smaller_benefit"
        : rule.holdDays === 0
          ? "granted"
          : "on_hold",
    ...(amount && { amountMinor: amount.minor }),
  });
  countGrant(scope, { programId: program.id, advocateId, costMinor });
  if (amount) {
    postAtEnd(scope, [
      {
        causeKey: `reward:${rewardId}:grant`,
        rewardId,
        amount,
        occurredAt: cause.at,
        memo: "Reward granted",
        from: { kind: "funding", ownerId: program.id, asset: amount.asset },
        to: { kind: "pending", ownerId: input.customerId, asset: amount.asset },
      },
    ]);
  }
  return rewardId;
}
