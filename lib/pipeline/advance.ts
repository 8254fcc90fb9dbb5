import type { Db } from "@/lib/core/db";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { Condition, Terms } from "@/lib/programs/schema";
import { type LoadedReferral, lockReferral, stepReferral } from "@/lib/referrals/commands";
import { type Cause, causeOf, type GoalFact, nextStep, type OrderFact, type ReferralFacts } from "@/lib/referrals/rules";
import { completeReferral, countConfirmed, grantReward, reverseForReferral } from "@/lib/rewards/commands";
import { type ConditionFacts, evaluate } from "@/lib/rewards/conditions";
import type { Decision } from "./event-body";
import { termsOfReferral } from "./terms-in-force";

/** An event that is being processed and has no outcome on record yet. */
export type LatestEvent = { id: string; type: string; occurredAt: Date };

/**
 * Takes every open referral of a friend as far as the facts on record carry it, and grants what its rules promise.
 * It reads the whole record each time, so events may come late, twice or in any order; grants are once per cause.
 */
export async function advanceReferrals(
  scope: Scope, friendId: string, latest: LatestEvent | null, decisions: Decision[],
): Promise<void> {
  await inScope(scope, async (db, scope) => {
    const open = await db.referral.findMany({
      where: { merchantId: scope.merchantId, friendId, state: { in: ["joined", "expired", "qualified", "rewarded"] } },
      // In the order of programs, as all who come by several take their budgets.
      select: { id: true }, orderBy: { programId: "asc" },
    });
    for (const { id } of open) await advance(db, scope, await lockReferral(db, scope.merchantId, id), latest, decisions);
  });
}

async function advance(
  db: Db, scope: Scope & { db: Db }, referral: LoadedReferral, latest: LatestEvent | null, decisions: Decision[],
): Promise<void> {
  const terms = await termsOfReferral(scope, referral);
  const facts = await readFacts(db, scope.merchantId, referral, terms, latest);
  const meets = (order: OrderFact | null) => holds(terms.qualification.conditions, asBought(terms, facts, order));

  const step = nextStep(facts, terms, scopeNow(scope), meets);
  if (step && step.to !== "qualified") {
    await stepReferral(scope, { referralId: referral.id, state: step.to, reason: step.reason, at: step.at, eventId: null });
    decisions.push({ code: `referral_${step.to}`, message: `The referral is ${step.to}.`, referralId: referral.id, reason: step.reason });
    if (step.to === "rejected") return takeBackAll(scope, referral, step.at);
  }
  const qualifies = step?.to === "qualified" ? step : null;
  if (qualifies) {
    await stepReferral(scope, {
      referralId: referral.id, state: "qualified", reason: qualifies.reason, at: qualifies.cause.at, eventId: qualifies.cause.eventId,
    });
    decisions.push({ code: "referral_qualified", message: "The referral is confirmed.", referralId: referral.id, reason: qualifies.reason });
  }
  const qualifiedBy = qualifies ? qualifies.cause : await standingCause(db, scope.merchantId, referral, facts.orders);
  const stands = qualifiedBy !== null && (qualifiedBy.order === null
    || (qualifiedBy.order.remainingMinor > 0n && holds(terms.qualification.conditions, conditionFacts(terms, facts, qualifiedBy.order))));
  const granted = await grantDue(db, scope, { referral, terms, facts, qualifiedBy: stands ? qualifiedBy : null }, decisions);
  if (qualifies && !stands) {
    // The refund was known before the order counted for anything.
    await stepReferral(scope, { referralId: referral.id, state: "reversed", reason: "refunded", at: scopeNow(scope), eventId: null });
    decisions.push({ code: "referral_reversed", message: "The order that confirmed the referral was refunded.", referralId: referral.id });
    return;
  }
  if (qualifies) {
    countConfirmed(scope, { advocateId: referral.advocateId, at: qualifies.cause.at });
  }
  if (qualifies || granted) await completeReferral(scope, referral.id);
}

/** What the terms may ask about: the friend's orders in the referral's window, and the goals that the terms wait for. */
async function readFacts(
  db: Db, merchantId: string, referral: LoadedReferral, terms: Terms, latest: LatestEvent | null,
): Promise<ReferralFacts> {
  const { clickedAt, joinedAt, expiresAt, friendId } = referral;
  // An order may be dated a little before the click that led to it: two clocks.
  const startedAt = clickedAt !== null && clickedAt < joinedAt ? clickedAt : joinedAt;
  const orders = await db.$queryRaw<OrderFact[]>`
    SELECT id AS "orderId", event_id AS "eventId", occurred_at AS "occurredAt",
      total_minor - refunded_minor AS "remainingMinor", total_minor AS "totalMinor"
    FROM shop_order
    WHERE merchant_id = ${merchantId} AND customer_id = ${friendId} AND occurred_at BETWEEN ${startedAt} AND ${expiresAt}
    ORDER BY occurred_at`;
  const wanted = [terms.qualification.trigger, ...terms.rules.map((rule) => rule.on)].flatMap((on) => (on.kind === "goal" ? [on.type] : []));
  const goals = wanted.length === 0 ? [] : await db.$queryRaw<GoalFact[]>`
    SELECT DISTINCT ON (type) type, event_id AS "eventId", occurred_at AS "occurredAt" FROM event_outcome
    WHERE merchant_id = ${merchantId} AND customer_id = ${friendId} AND type = ANY(${wanted}::text[])
      AND occurred_at BETWEEN ${startedAt} AND ${expiresAt}
    ORDER BY type, occurred_at, event_id`;
  return {
    state: referral.state, joinEventId: referral.joinEventId, startedAt, joinedAt, expiresAt, orders,
    goals: latest ? [...goals, { type: latest.type, eventId: latest.id, occurredAt: latest.occurredAt }] : goals,
    hasEarlierOrder: referral.firstOrderAt !== null && referral.firstOrderAt < startedAt, isApproved: referral.approvedAt !== null,
  };
}

/** What a rejection takes with it; an undo puts it back. */
async function takeBackAll(scope: Scope & { db: Db }, referral: LoadedReferral, at: Date): Promise<void> {
  await reverseForReferral(scope, referral.id, "referral_rejected", { key: `reject:${at.getTime()}`, at });
  if (referral.state !== "qualified") return;
  await scope.db.advocate.update({
    where: { merchantId_id: { merchantId: scope.merchantId, id: referral.advocateId } }, data: { confirmedCount: { decrement: 1 } },
  });
}

/** What confirmed a referral that was confirmed before, from its own step. */
async function standingCause(
  db: Db, merchantId: string, referral: LoadedReferral, orders: readonly OrderFact[],
): Promise<Cause | null> {
  if (referral.state === "joined" || referral.state === "expired") return null;
  const step = await db.referralStep.findFirst({
    where: { merchantId, referralId: referral.id, state: "qualified", eventId: { not: null } },
    orderBy: { id: "desc" }, select: { eventId: true, at: true },
  });
  if (!step?.eventId) return null;
  const order = orders.find((candidate) => candidate.eventId === step.eventId) ?? null;
  return { eventId: step.eventId, order, at: step.at };
}

/** Grants every rule whose cause has come and that has no grant for this referral yet. @returns whether anything was granted */
async function grantDue(
  db: Db, scope: Scope & { db: Db },
  { referral, terms, facts, qualifiedBy }: { referral: LoadedReferral; terms: Terms; facts: ReferralFacts; qualifiedBy: Cause | null },
  decisions: Decision[],
): Promise<boolean> {
  const rewarded = await db.reward.findMany({
    where: { merchantId: scope.merchantId, referralId: referral.id }, select: { ruleId: true },
  });
  let granted = false;
  for (const rule of terms.rules) {
    if (rewarded.some(({ ruleId }) => ruleId === rule.id)) continue;
    const cause = rule.on.kind === "qualified" ? qualifiedBy
      : causeOf(rule.on, facts, (order) => holds(rule.conditions, asBought(terms, facts, order)));
    if (!cause || cause.order?.remainingMinor === 0n) continue;
    const result = await grantReward(scope, {
      rule, terms, referral: { ...referral, underReview: referral.reviewAt !== null },
      customerId: rule.side === "friend" ? referral.friendId : await advocateCustomer(db, scope.merchantId, referral.advocateId),
      causeKey: `referral:${referral.id}`,
      cause: { eventId: cause.eventId, orderId: cause.order?.orderId ?? null, at: cause.at },
      facts: conditionFacts(terms, facts, cause.order),
    });
    granted ||= result.outcome === "granted";
    decisions.push(
      result.outcome === "refused"
        ? { code: "reward_refused", message: result.reasons.filter((reason) => !reason.holds).map((reason) => reason.message).join(" "), ruleId: rule.id, reasons: result.reasons }
        : { code: result.outcome === "granted" ? "reward_granted" : "reward_known", message: `A reward for the ${rule.side}.`, ruleId: rule.id, rewardId: result.rewardId },
    );
  }
  return granted;
}

function holds(condition: Condition, facts: ConditionFacts): boolean {
  return evaluate(condition, facts).holds;
}

function conditionFacts(terms: Terms, facts: ReferralFacts, order: OrderFact | null): ConditionFacts {
  return { currency: terms.currency, orderMinor: order?.remainingMinor ?? null, isNewCustomer: !facts.hasEarlierOrder };
}

function asBought(terms: Terms, facts: ReferralFacts, order: OrderFact | null): ConditionFacts {
  return { ...conditionFacts(terms, facts, order), orderMinor: order?.totalMinor ?? null };
}

async function advocateCustomer(db: Db, merchantId: string, advocateId: string): Promise<string> {
  const advocate = await db.advocate.findUniqueOrThrow({
    where: { merchantId_id: { merchantId, id: advocateId } }, select: { customerId: true },
  });
  return advocate.customerId;
}
