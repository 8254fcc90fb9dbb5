import type { Db } from "@/lib/core/db";
import { pointsMultiplier } from "@/lib/loyalty/points/queries/points-multiplier";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { Terms } from "@/lib/terms/schema";
import { type LoadedReferral, lockReferral, stepReferral } from "@/lib/referrals/commands";
import type { Cause, ReferralFacts } from "@/lib/referrals/rules";
import {
  completeReferral,
  countQualified,
  type GrantInput,
  grantReward,
  reverseForReferral,
} from "@/lib/rewards/commands";
import { type Around, courseOf, type Due, dueOfReferral } from "@/lib/rewards/due";
import type { Decision } from "../intake/stored-event";
import { type LatestEvent, readAround, readReferralFacts } from "./facts";
import { termsOfReferral } from "./terms-in-effect";

/**
 * Takes every open referral of a friend as far as the facts on record carry it, and grants what its
 * rules promise. It reads the whole record each time, so events may come late, twice or in any
 * order; grants are once per cause.
 */
export async function advanceReferrals(
  scope: Scope,
  friendId: string,
  latest: LatestEvent | null,
  decisions: Decision[],
): Promise<void> {
  await inScope(scope, async (db, scope) => {
    const open = await db.referral.findMany({
      where: {
        merchantId: scope.merchantId,
        friendId,
        state: { in: ["joined", "expired", "qualified", "rewarded"] },
      },
      // In the order of programs, as all who come by several take their budgets.
      select: { id: true },
      orderBy: { programId: "asc" },
    });
    for (const { id } of open)
      await advance(scope, await lockReferral(db, scope.merchantId, id), latest, decisions);
  });
}

async function advance(
  scope: Scope & { db: Db },
  referral: LoadedReferral,
  latest: LatestEvent | null,
  decisions: Decision[],
): Promise<void> {
  const terms = await termsOfReferral(scope, referral);
  const facts = await readReferralFacts(scope, referral, terms, latest);
  const around = await readAround(scope, referral, terms);
  const course = courseOf({
    terms,
    facts,
    around,
    standing: await standingCause(scope, referral, facts),
    now: scopeNow(scope),
  });
  const { step, confirms, qualifiedBy } = course;
  if (step && step.to !== "qualified") {
    await stepReferral(scope, {
      referralId: referral.id,
      state: step.to,
      reason: step.reason,
      at: step.at,
      eventId: null,
    });
    decisions.push({
      code: `referral_${step.to}`,
      message: `The referral is ${step.to}.`,
      referralId: referral.id,
      reason: step.reason,
    });
    if (step.to === "rejected") return takeBackAll(scope, referral, step.at);
  }
  if (step?.to === "qualified") {
    await stepReferral(scope, {
      referralId: referral.id,
      state: "qualified",
      reason: step.reason,
      at: step.cause.at,
      eventId: step.cause.eventId,
    });
    decisions.push({
      code: "referral_qualified",
      message: "The referral is confirmed.",
      referralId: referral.id,
      reason: step.reason,
    });
  }
  // Counted before its rewards are decided: what depends on the number of confirmed friends counts
  // this one.
  if (confirms && qualifiedBy)
    countQualified(scope, { advocateId: referral.advocateId, at: confirms.at });
  const granted = await grantDue(
    scope,
    { referral, terms, facts, around: course.around, qualifiedBy },
    decisions,
  );
  if (confirms && !qualifiedBy) {
    // The refund was known before the order counted for anything.
    await stepReferral(scope, {
      referralId: referral.id,
      state: "reversed",
      reason: "refunded",
      at: scopeNow(scope),
      eventId: null,
    });
    decisions.push({
      code: "referral_reversed",
      message: "The order that confirmed the referral was refunded.",
      referralId: referral.id,
    });
    return;
  }
  if (confirms || granted) await completeReferral(scope, referral.id);
}

/** What a rejection takes with it; an undo puts it back. */
async function takeBackAll(
  scope: Scope & { db: Db },
  referral: LoadedReferral,
  at: Date,
): Promise<void> {
  await reverseForReferral(scope, referral.id, "referral_rejected", {
    key: `reject:${at.getTime()}`,
    at,
  });
  if (referral.state !== "qualified") return;
  await scope.db.advocate.update({
    where: { merchantId_id: { merchantId: scope.merchantId, id: referral.advocateId } },
    data: { qualifiedCount: { decrement: 1 } },
  });
}

/** What confirmed a referral that was confirmed before, from its own step. */
async function standingCause(
  { db, merchantId }: Scope & { db: Db },
  referral: LoadedReferral,
  facts: ReferralFacts,
): Promise<Cause | null> {
  if (referral.state === "joined" || referral.state === "expired") return null;
  const step = await db.referralStep.findFirst({
    where: { merchantId, referralId: referral.id, state: "qualified", eventId: { not: null } },
    orderBy: { id: "desc" },
    select: { eventId: true, at: true },
  });
  if (!step?.eventId) return null;
  const order = facts.orders.find((candidate) => candidate.eventId === step.eventId) ?? null;
  const goal = facts.goals.find((candidate) => candidate.eventId === step.eventId);
  return {
    eventId: step.eventId,
    order,
    at: step.at,
    country: order?.country ?? goal?.country ?? null,
  };
}

/**
 * Grants every rule whose cause has come and that has no grant for it yet. @returns whether
 * anything was granted
 */
async function grantDue(
  scope: Scope & { db: Db },
  {
    referral,
    terms,
    facts,
    around,
    qualifiedBy,
  }: {
    referral: LoadedReferral;
    terms: Terms;
    facts: ReferralFacts;
    around: Around;
    qualifiedBy: Cause | null;
  },
  decisions: Decision[],
): Promise<boolean> {
  const known = await scope.db.reward.findMany({
    where: { merchantId: scope.merchantId, referralId: referral.id },
    select: { ruleId: true, causeKey: true },
  });
  const due = dueOfReferral({
    terms,
    referralId: referral.id,
    facts,
    around,
    qualifiedBy,
    isKnown: (ruleId, causeKey) =>
      known.some((reward) => reward.ruleId === ruleId && reward.causeKey === causeKey),
  });
  let granted = false;
  for (const one of due) {
    const outcome = await grant(
      scope,
      one,
      {
        terms,
        program: { id: referral.programId, version: referral.programVersion },
        advocateId: referral.advocateId,
        arm: referral.arm,
        referral: { id: referral.id, underReview: referral.reviewAt !== null },
        customerId: one.rule.side === "friend" ? referral.friendId : referral.advocateCustomerId,
      },
      decisions,
    );
    granted ||= outcome === "granted";
  }
  return granted;
}

/** Decides one due reward and notes what came of it, with every reason. */
export async function grant(
  scope: Scope,
  due: Due,
  to: Pick<GrantInput, "terms" | "program" | "advocateId" | "arm" | "referral" | "customerId">,
  decisions: Decision[],
): Promise<"granted" | "already" | "refused"> {
  const { rule, causeKey, cause, facts } = due;
  const givesPoints = rule.benefit.kind === "points" || rule.fallback?.benefit.kind === "points";
  const result = await grantReward(scope, {
    ...to,
    rule,
    causeKey,
    facts,
    cause: { eventId: cause.eventId, orderId: cause.order?.orderId ?? null, at: cause.at },
    multiplier: givesPoints
      ? await pointsMultiplier(scope, {
          customerId: to.customerId,
          programId: to.program.id,
          at: cause.at,
        })
      : null,
  });
  const about = { ruleId: rule.id, ...(to.referral && { referralId: to.referral.id }) };
  if (result.outcome === "refused") {
    const { reasons } = result;
    const message = reasons
      .filter(({ holds }) => !holds)
      .map((reason) => reason.message)
      .join(" ");
    decisions.push({ ...about, code: "reward_refused", message, causeKey, reasons });
  } else {
    const code = result.outcome === "granted" ? "reward_granted" : "reward_known";
    decisions.push({
      ...about,
      code,
      message: `A reward for the ${rule.side}.`,
      rewardId: result.rewardId,
    });
  }
  return result.outcome;
}
