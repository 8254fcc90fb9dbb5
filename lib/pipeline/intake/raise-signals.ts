import { groupedBy } from "@/lib/core/collections/grouped-by";
import type { Prisma } from "@/lib/core/db";
import { lockSharedOf } from "@/lib/customers/commands";
import { acquaintancesAround } from "@/lib/fraud/queries";
import { consequenceOf, reachedBy, signalsOf } from "@/lib/fraud/rules";
import type { Signal } from "@/lib/fraud/signals/signal";
import { noteScores } from "@/lib/loyalty/leaderboards/commands/update-scores";
import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import {
  type LoadedReferral,
  lockReferral,
  type NewReferral,
  stepReferrals,
} from "@/lib/referrals/commands";
import type { ReferralReason } from "@/lib/referrals/schema";
import { reverseForReferral } from "@/lib/rewards/commands";
import type { StoredEvent } from "./stored-event";
import type { Decision } from "../decide/decision";
import { termsOfReferral } from "../read/terms-in-effect";

/** What brought it about: an event, or nothing but what became known. */
type Occasion = Pick<StoredEvent, "id" | "occurredAt"> | null;

/** A referral that has just started, by an event. */
type Begun = { referral: Pick<NewReferral, "id" | "friendId">; event: StoredEvent };

/**
 * Looks for signs of fraud in referrals that have just started, and in those that they may throw a
 * new light on. Grave ones reject a referral; others have a member review it.
 * @returns why referrals were rejected that have just started, by their ids
 */
export async function raiseSignals(tx: Tx, begun: readonly Begun[]): Promise<Map<string, string>> {
  if (begun.length === 0) return new Map();
  const occasions = new Map(begun.map(({ referral, event }) => [referral.friendId, event]));
  // Whoever learns about one of the friends' keys meanwhile waits, and then sees these referrals.
  await lockSharedOf(tx, ...occasions.keys());
  const settled = await settleAround(tx, occasions);
  const ids = new Set(begun.map(({ referral }) => referral.id));
  return new Map(
    settled.flatMap(({ referralId, rejectedFor }) =>
      rejectedFor !== null && ids.has(referralId) ? [[referralId, rejectedFor]] : [],
    ),
  );
}

/**
 * Looks again at every referral that concerns customers of whom something became known: that they
 * share an address, a number or a browser with others, or bought before others came as friends. To
 * be called with the customers' rows locked, before anything is granted.
 * @param occasions of each customer, by id
 * @returns what was decided, by the customer whom it was noticed with
 */
export async function settleSignals(
  tx: Tx,
  occasions: ReadonlyMap<string, Occasion>,
): Promise<Map<string, Decision[]>> {
  const customerIds = [...occasions.keys()];
  if (customerIds.length === 0) return new Map();
  const { merchantId } = tx;
  await tx.db.identityDue.deleteMany({ where: { merchantId, customerId: { in: customerIds } } });
  const settled = await settleAround(tx, occasions);
  const decided = [...groupedBy(settled, ({ aroundId }) => aroundId)];
  return new Map(decided.map(([aroundId, theirs]) => [aroundId, theirs.map(decisionOf)]));
}

function decisionOf({ referralId, friendId, aroundId, rejectedFor, kinds }: Around): Decision {
  const about = friendId === aroundId ? { referralId } : { otherReferralId: referralId };
  return rejectedFor
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
      };
}

/**
 * The same in a transaction of its own, for what became known outside of an event.
 * @returns whether anything was noted
 */
export async function settleNotedSignals(scope: Scope, customerId: string): Promise<boolean> {
  return inScope(scope, async (tx) => {
    await tx.lock.customers(customerId);
    const where = { merchantId: tx.merchantId, customerId };
    if ((await tx.db.identityDue.count({ where })) === 0) return false;
    await settleSignals(tx, new Map([[customerId, null]]));
    return true;
  });
}

/** Draws the consequence of something that a merge of two records shows of a referral. */
export async function settleKnown(
  tx: Tx,
  referralId: string,
  signal: Signal,
): Promise<Settled | null> {
  return settle(tx, referralId, [signal], null);
}

type Settled = {
  referralId: string;
  friendId: string;
  rejectedFor: string | null;
  kinds: string[];
};

/** What was settled, and the customer around whom it was noticed. */
type Around = Settled & { aroundId: string };

async function settleAround(tx: Tx, occasions: ReadonlyMap<string, Occasion>): Promise<Around[]> {
  const settled: Around[] = [];
  // In the order of their ids, as everything that locks several referrals of different people.
  for (const acquainted of await acquaintancesAround(tx, [...occasions.keys()])) {
    const { referralId, aroundId } = acquainted;
    const { newCustomersOnly } = await termsOfReferral(tx, acquainted);
    const signals = signalsOf({ ...acquainted, newCustomersOnly });
    if (signals.length === 0) continue;
    const one = await settle(tx, referralId, signals, occasions.get(aroundId)!);
    if (one) settled.push({ ...one, aroundId });
  }
  return settled;
}

/** Keeps the signals that are new and draws their consequence; null where none is. */
async function settle(
  tx: Tx,
  referralId: string,
  signals: readonly Signal[],
  occasion: Occasion,
): Promise<Settled | null> {
  const { db, merchantId } = tx;
  const referral = await lockReferral(tx, referralId);
  const { friendId } = referral;
  if (referral.state === "rejected") return null;
  const rewards = await db.reward.findMany({
    where: { merchantId, referralId },
    select: { state: true },
  });
  const reached = reachedBy(rewards.map(({ state }) => state));
  const news: Signal[] = [];
  for (const signal of signals)
    if (await keepSignal(tx, referralId, signal, reached)) news.push(signal);
  const isApproved = referral.approvedAt !== null;
  const consequence = consequenceOf(news, { reached, isApproved });
  if (consequence === null) return null;
  const kinds = news.map(({ kind }) => kind);
  if (consequence === "reject") {
    const reason = news.find(({ severity }) => severity === "block")!.kind;
    await reject(tx, referral, reason as ReferralReason, occasion);
    return { referralId, friendId, rejectedFor: reason, kinds };
  }
  await db.referral.update({
    where: { merchantId_id: { merchantId, id: referralId } },
    data: { reviewAt: referral.reviewAt ?? scopeNow(tx) },
  });
  return { referralId, friendId, rejectedFor: null, kinds };
}

/** @returns whether it is new, or graver than what was known */
async function keepSignal(
  tx: Tx,
  referralId: string,
  { kind, severity, detail, evidence }: Signal,
  reached: string,
): Promise<boolean> {
  const { merchantId } = tx;
  const kept = await tx.db.$executeRaw`
    INSERT INTO fraud_signal AS s
      (merchant_id, referral_id, kind, severity, detail, evidence, reached, at)
    VALUES (${merchantId}, ${referralId}, ${kind}, ${severity}, ${detail},
      ${JSON.stringify(evidence satisfies Prisma.InputJsonValue)}::jsonb, ${reached},
      ${scopeNow(tx)})
    ON CONFLICT (merchant_id, referral_id, kind) DO UPDATE
      SET severity = EXCLUDED.severity, detail = EXCLUDED.detail, evidence = EXCLUDED.evidence,
        reached = EXCLUDED.reached, at = EXCLUDED.at
      WHERE s.severity = 'review' AND EXCLUDED.severity = 'block'`;
  return kept > 0;
}

/** Rejects a referral of which nothing was released, and voids what is held of it. */
async function reject(
  tx: Tx,
  referral: LoadedReferral,
  reason: ReferralReason,
  occasion: Occasion,
): Promise<void> {
  const { db, merchantId } = tx;
  const now = scopeNow(tx);
  const isFresh = referral.state === "joined" && referral.joinEventId === occasion?.id;
  stepReferrals(tx, [
    {
      referralId: referral.id,
      state: "rejected",
      reason,
      at: isFresh ? occasion.occurredAt : now,
      eventId: occasion?.id ?? null,
    },
  ]);
  await reverseForReferral(tx, referral.id, { key: `reject:${now.getTime()}`, at: now });
  if (referral.state === "qualified" || referral.state === "rewarded") {
    await db.advocate.update({
      where: { merchantId_id: { merchantId, id: referral.advocateId } },
      data: { qualifiedCount: { decrement: 1 } },
    });
  }
  noteScores(tx, [referral.friendId]);
}
