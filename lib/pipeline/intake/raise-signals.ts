import type { Prisma } from "@/lib/core/db";
import { lockSharedOf } from "@/lib/customers/commands";
import { acquaintancesAround } from "@/lib/fraud/queries";
import { consequenceOf, reachedBy, signalsOf } from "@/lib/fraud/rules";
import type { Signal } from "@/lib/fraud/signals/signal";
import { rescore } from "@/lib/loyalty/leaderboards/commands/update-scores";
import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { type LoadedReferral, lockReferral, stepReferral } from "@/lib/referrals/commands";
import type { ReferralReason } from "@/lib/referrals/schema";
import { reverseForReferral } from "@/lib/rewards/commands";
import type { StoredEvent } from "./stored-event";
import type { Decision } from "../decide/decision";
import { termsOfReferral } from "../read/terms-in-effect";

/** What brought it about: an event, or nothing but what became known. */
type Occasion = Pick<StoredEvent, "id" | "occurredAt"> | null;

/** A referral that has just started. */
type Started = { referralId: string; friendId: string; event: StoredEvent };

/**
 * Looks for signs of fraud in a referral that has just started, and in those that it may throw a
 * new light on. Grave ones reject it; others have a member review it.
 * @returns the reason it was rejected for, or null
 */
export async function raiseSignals(
  scope: Scope,
  { referralId, friendId, event }: Started,
): Promise<string | null> {
  return inScope(scope, async (_, scope) => {
    // Whoever learns about one of the friend's keys meanwhile waits, and then sees this referral.
    await lockSharedOf(scope, friendId);
    const settled = await settleAround(scope, friendId, event);
    return settled.find((one) => one.referralId === referralId)?.rejectedFor ?? null;
  });
}

/**
 * Looks again at every referral that concerns a customer of whom something became known: that they
 * share an address, a number or a browser with others, or bought before others came as friends. To
 * be called with the customer's row locked, before anything is granted.
 * @param decisions takes what was decided
 */
export async function settleSignals(
  scope: Scope,
  customerId: string,
  occasion: Occasion,
  decisions: Decision[],
): Promise<void> {
  await inScope(scope, async (db, scope) => {
    await db.identityDue.deleteMany({ where: { merchantId: scope.merchantId, customerId } });
    for (const { referralId, friendId, rejectedFor, kinds } of await settleAround(
      scope,
      customerId,
      occasion,
    )) {
      const about = friendId === customerId ? { referralId } : { otherReferralId: referralId };
      decisions.push(
        rejectedFor
          ? {
              ...about,
              code: "referral_rejected",
              message: "What became known rejects a referral.",
              reason: rejectedFor,
            }
          : {
              ...about,
              code: "referral_to_review",
              message: "What became known has a referral reviewed.",
              reason: kinds.join(", "),
            },
      );
    }
  });
}

/**
 * The same in a transaction of its own, for what became known outside of an event.
 * @returns whether anything was noted
 */
export async function settleNotedSignals(scope: Scope, customerId: string): Promise<boolean> {
  return inScope(scope, async (db, scope) => {
    await db.$queryRaw`
      SELECT 1 FROM customer WHERE merchant_id = ${scope.merchantId} AND id = ${customerId}
      FOR NO KEY UPDATE`;
    const where = { merchantId: scope.merchantId, customerId };
    if ((await db.identityDue.count({ where })) === 0) return false;
    await settleSignals(scope, customerId, null, []);
    return true;
  });
}

/** Draws the consequence of something that a merge of two records shows of a referral. */
export async function settleKnown(
  scope: Tx,
  referralId: string,
  signal: Signal,
): Promise<Settled | null> {
  return settle(scope, referralId, [signal], null);
}

type Settled = {
  referralId: string;
  friendId: string;
  rejectedFor: string | null;
  kinds: string[];
};

async function settleAround(scope: Tx, customerId: string, occasion: Occasion): Promise<Settled[]> {
  const settled: Settled[] = [];
  // In the order of their ids, as everything that locks several referrals of different people.
  for (const acquainted of await acquaintancesAround(scope, customerId)) {
    const { newCustomersOnly } = await termsOfReferral(scope, acquainted);
    const signals = signalsOf({ ...acquainted, newCustomersOnly });
    if (signals.length === 0) continue;
    const one = await settle(scope, acquainted.referralId, signals, occasion);
    if (one) settled.push(one);
  }
  return settled;
}

/** Keeps the signals that are new and draws their consequence; null where none is. */
async function settle(
  scope: Tx,
  referralId: string,
  signals: readonly Signal[],
  occasion: Occasion,
): Promise<Settled | null> {
  const { db, merchantId } = scope;
  const referral = await lockReferral(db, merchantId, referralId);
  const { friendId } = referral;
  if (referral.state === "rejected") return null;
  const rewards = await db.reward.findMany({
    where: { merchantId, referralId },
    select: { state: true },
  });
  const reached = reachedBy(rewards.map(({ state }) => state));
  const news: Signal[] = [];
  for (const signal of signals)
    if (await keepSignal(scope, referralId, signal, reached)) news.push(signal);
  const isApproved = referral.approvedAt !== null;
  const consequence = consequenceOf(news, { reached, isApproved });
  if (consequence === null) return null;
  const kinds = news.map(({ kind }) => kind);
  if (consequence === "reject") {
    const reason = news.find(({ severity }) => severity === "block")!.kind;
    await reject(scope, referral, reason as ReferralReason, occasion);
    return { referralId, friendId, rejectedFor: reason, kinds };
  }
  await db.referral.update({
    where: { merchantId_id: { merchantId, id: referralId } },
    data: { reviewAt: referral.reviewAt ?? scopeNow(scope) },
  });
  return { referralId, friendId, rejectedFor: null, kinds };
}

/** @returns whether it is new, or graver than what was known */
async function keepSignal(
  scope: Tx,
  referralId: string,
  { kind, severity, detail, evidence }: Signal,
  reached: string,
): Promise<boolean> {
  const { merchantId } = scope;
  const kept = await scope.db.$executeRaw`
    INSERT INTO fraud_signal AS s
      (merchant_id, referral_id, kind, severity, detail, evidence, reached, at)
    VALUES (${merchantId}, ${referralId}, ${kind}, ${severity}, ${detail},
      ${JSON.stringify(evidence satisfies Prisma.InputJsonValue)}::jsonb, ${reached},
      ${scopeNow(scope)})
    ON CONFLICT (merchant_id, referral_id, kind) DO UPDATE
      SET severity = EXCLUDED.severity, detail = EXCLUDED.detail, evidence = EXCLUDED.evidence,
        reached = EXCLUDED.reached, at = EXCLUDED.at
      WHERE s.severity = 'review' AND EXCLUDED.severity = 'block'`;
  return kept > 0;
}

/** Rejects a referral of which nothing was released, and voids what is held of it. */
async function reject(
  scope: Tx,
  referral: LoadedReferral,
  reason: ReferralReason,
  occasion: Occasion,
): Promise<void> {
  const { db, merchantId } = scope;
  const now = scopeNow(scope);
  const isFresh = referral.state === "joined" && referral.joinEventId === occasion?.id;
  await stepReferral(scope, {
    referralId: referral.id,
    state: "rejected",
    reason,
    at: isFresh ? occasion.occurredAt : now,
    eventId: occasion?.id ?? null,
  });
  await reverseForReferral(scope, referral.id, { key: `reject:${now.getTime()}`, at: now });
  if (referral.state === "qualified" || referral.state === "rewarded") {
    await db.advocate.update({
      where: { merchantId_id: { merchantId, id: referral.advocateId } },
      data: { qualifiedCount: { decrement: 1 } },
    });
  }
  await rescore(scope, [referral.friendId]);
}
