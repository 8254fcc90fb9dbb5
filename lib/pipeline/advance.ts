import type { Db } from "@/lib/core/db";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { Rule, Terms } from "@/lib/programs/schema";
import { type LoadedReferral, lockReferral, stepReferral } from "@/lib/referrals/commands";
import { type Cause, causeOf, nextStep, type OrderFact, type ReferralFacts } from "@/lib/referrals/rules";
import { completeReferral, countConfirmed, grantReward } from "@/lib/rewards/commands";
import { evaluate } from "@/lib/rewards/conditions";
import type { Decision } from "./event-body";
import { termsOfReferral } from "./terms-in-force";

/**
 * Takes every open referral of a friend as far as the facts on record carry it, and grants what its rules promise.
 * It reads the whole record each time, so events may come late, twice or in any order; grants are once per cause.
 * @param latest an event that is being processed and has no outcome on record yet
 */
export async function advanceReferrals(
  scope: Scope, friendId: string, latest: { id: string; type: string; occurredAt: Date } | null, decisions: Decision[],
): Promise<void> {
  await inScope(scope, async (db, scope) => {
    const open = await db.referral.findMany({
      where: { merchantId: scope.merchantId, friendId, state: { in: ["joined", "expired", "qualified", "rewarded"] } },
      select: { id: true }, orderBy: { id: "asc" },
    });
    if (open.length === 0) return;
    const record = await readRecord(db, scope.merchantId, friendId, latest);
    for (const { id } of open) await advance(db, scope, await lockReferral(db, scope.merchantId, id), record, decisions);
  });
}

type FriendRecord = { orders: OrderFact[]; goals: { type: string; eventId: string; occurredAt: Date }[] };

async function readRecord(
  db: Db, merchantId: string, friendId: string, latest: { id: string; type: string; occurredAt: Date } | null,
): Promise<FriendRecord> {
  const orders = await db.$queryRaw<OrderFact[]>`
    SELECT id AS "orderId", event_id AS "eventId", occurred_at AS "occurredAt",
      total_minor - refunded_minor AS "remainingMinor", total_minor AS "totalMinor"
    FROM shop_order WHERE merchant_id = ${merchantId} AND customer_id = ${friendId} ORDER BY occurred_at LIMIT 500`;
  const goals = await db.eventOutcome.findMany({
    where: { merchantId, customerId: friendId, type: { notIn: ["purchase", "refund", "click", "share"] } },
    select: { type: true, eventId: true, occurredAt: true }, orderBy: { occurredAt: "asc" }, take: 500,
  });
  const current = latest && { type: latest.type, eventId: latest.id, occurredAt: latest.occurredAt };
  return { orders, goals: current ? [...goals, current] : goals };
}

async function advance(
  db: Db, scope: Scope & { db: Db }, referral: LoadedReferral, record: FriendRecord, decisions: Decision[],
): Promise<void> {
  const terms = await termsOfReferral(scope, referral);
  const startedAt = referral.clickedAt ?? referral.joinedAt;
  const facts: ReferralFacts = {
    ...record, state: referral.state, joinEventId: referral.joinEventId, startedAt,
    joinedAt: referral.joinedAt, expiresAt: referral.expiresAt,
    hasEarlierOrder: record.orders.some((order) => order.occurredAt < startedAt), isApproved: referral.approvedAt !== null,
  };
  const meets = (order: OrderFact | null) =>
    evaluate(terms.qualification.conditions, conditionFacts(terms, facts, order)).holds;

  const step = nextStep(facts, terms, scopeNow(scope), meets);
  if (step && step.to !== "qualified") {
    await stepReferral(scope, { referralId: referral.id, state: step.to, reason: step.reason, at: step.at, eventId: null });
    decisions.push({ code: `referral_${step.to}`, message: `The referral is ${step.to}.`, referralId: referral.id, reason: step.reason });
    if (step.to === "rejected") return;
  }
  const qualifies = step?.to === "qualified" ? step : null;
  if (qualifies) {
    await stepReferral(scope, {
      referralId: referral.id, state: "qualified", reason: qualifies.reason, at: qualifies.cause.at, eventId: qualifies.cause.eventId,
    });
    decisions.push({ code: "referral_qualified", message: "The referral is confirmed.", referralId: referral.id, reason: qualifies.reason });
  }
  const qualifiedBy = qualifies ? qualifies.cause : await standingCause(db, scope.merchantId, referral, record);
  const granted = await grantDue(db, scope, { referral, terms, facts, qualifiedBy }, decisions);
  if (qualifies) {
    countConfirmed(scope, { advocateId: referral.advocateId, at: qualifies.cause.at });
  }
  if (qualifies || granted) await completeReferral(scope, referral.id);
}

/** What confirmed a referral that was confirmed before, from its own step. */
async function standingCause(db: Db, merchantId: string, referral: LoadedReferral, record: FriendRecord): Promise<Cause | null> {
  if (referral.state === "joined" || referral.state === "expired") return null;
  const step = await db.referralStep.findFirst({
    where: { merchantId, referralId: referral.id, state: "qualified", eventId: { not: null } },
    orderBy: { id: "desc" }, select: { eventId: true, at: true },
  });
  if (!step?.eventId) return null;
  const order = record.orders.find((candidate) => candidate.eventId === step.eventId) ?? null;
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
    const cause = rule.on.kind === "qualified" ? qualifiedBy : causeOf(rule.on, facts, (order) => holdsFor(rule, terms, facts, order));
    if (!cause) continue;
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

function holdsFor(rule: Rule, terms: Terms, facts: ReferralFacts, order: OrderFact | null): boolean {
  return evaluate(rule.conditions, conditionFacts(terms, facts, order)).holds;
}

function conditionFacts(terms: Terms, facts: ReferralFacts, order: OrderFact | null) {
  return { currency: terms.currency, orderMinor: order?.remainingMinor ?? null, isNewCustomer: !facts.hasEarlierOrder };
}

async function advocateCustomer(db: Db, merchantId: string, advocateId: string): Promise<string> {
  const advocate = await db.advocate.findUniqueOrThrow({
    where: { merchantId_id: { merchantId, id: advocateId } }, select: { customerId: true },
  });
  return advocate.customerId;
}
