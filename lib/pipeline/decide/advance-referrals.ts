import type { Db } from "@/lib/core/db";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { type LoadedReferral, lockReferral, stepReferral } from "@/lib/referrals/commands";
import type { Cause } from "@/lib/terms/facts/referrals";
import { courseOf, type ReferralFacts } from "@/lib/referrals/rules";
import { completeReferral, countQualified, reverseForReferral } from "@/lib/rewards/commands";
import type { Decision } from "./decision";
import { type LatestEvent, readReferralContext, readReferralFacts } from "./facts";
import { grantDueOfReferral } from "./grant-rewards";
import { termsOfReferral } from "./terms-in-effect";

/**
 * Advances every open referral of a friend as far as the facts on record allow, and grants what its
 * rules promise. All facts are read each time, so events may come late, twice or in any order;
 * each cause grants once.
 * @param latest the event under way, which has no outcome on record yet
 * @param decisions takes what was decided
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
      // Budgets of several programs are always locked in the order of programs.
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
  const context = await readReferralContext(scope, referral, terms);
  const course = courseOf({
    terms,
    facts,
    context,
    earlier: await earlierCause(scope, referral, facts),
    now: scopeNow(scope),
  });
  const { step, qualifies, qualifiedBy } = course;
  if (step) await takeStep(scope, referral, step, decisions);
  if (step?.to === "rejected") return reverseRewards(scope, referral, step.at);
  // Before its rewards are decided, so that conditions on the number of friends count this one.
  if (qualifies && qualifiedBy)
    countQualified(scope, { advocateId: referral.advocateId, at: qualifies.at });
  const granted = await grantDueOfReferral(
    scope,
    { referral, terms, facts, context: course.context, qualifiedBy },
    decisions,
  );
  if (qualifies && !qualifiedBy) {
    // The order was refunded before it could qualify the referral.
    await stepReferral(scope, {
      referralId: referral.id,
      state: "reversed",
      reason: "refunded",
      at: scopeNow(scope),
      eventId: null,
    });
    decisions.push({
      code: "referral_reversed",
      message: "The order that qualified the referral was refunded.",
      referralId: referral.id,
    });
    return;
  }
  if (qualifies || granted) await completeReferral(scope, referral.id);
}

type Step = NonNullable<ReturnType<typeof courseOf>["step"]>;

async function takeStep(
  scope: Scope & { db: Db },
  { id: referralId }: LoadedReferral,
  step: Step,
  decisions: Decision[],
): Promise<void> {
  const { at, eventId } = step.to === "qualified" ? step.cause : { at: step.at, eventId: null };
  const { to: state, reason } = step;
  await stepReferral(scope, { referralId, state, reason, at, eventId });
  decisions.push({
    code: `referral_${state}`,
    message: `The referral is ${state}.`,
    referralId,
    reason,
  });
}

/** Reverses what a rejected referral has brought; undoing the rejection brings it back. */
async function reverseRewards(
  scope: Scope & { db: Db },
  referral: LoadedReferral,
  at: Date,
): Promise<void> {
  await reverseForReferral(scope, referral.id, {
    key: `reject:${at.getTime()}`,
    at,
  });
  if (referral.state !== "qualified") return;
  await scope.db.advocate.update({
    where: { merchantId_id: { merchantId: scope.merchantId, id: referral.advocateId } },
    data: { qualifiedCount: { decrement: 1 } },
  });
}

/** What qualified a referral that has qualified before, as its own step says. */
async function earlierCause(
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
