import type { Prisma } from "@/lib/core/db";
import { consequenceOf, type Reached, reachedBy, weightOf } from "@/lib/fraud/rules/score";
import type { Signal } from "@/lib/fraud/signals/signal";
import { noteScores } from "@/lib/loyalty/leaderboards/commands/update-scores";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import { type LoadedReferral, lockReferral, stepReferrals } from "@/lib/referrals/commands";
import type { ReferralReason } from "@/lib/referrals/schema";
import { reverseForReferral } from "@/lib/rewards/commands";
import type { FraudRules } from "@/lib/terms/rules/fraud";
import type { StoredEvent } from "../stored-event";

/** What brought it about: an event, or nothing but what became known. */
export type Occasion = Pick<StoredEvent, "id" | "occurredAt"> | null;

/** A referral that was rejected, or is held from now on. */
export type Settled = {
  referralId: string;
  friendId: string;
  /** Null where it is held. */
  rejectedFor: string | null;
  kinds: string[];
};

/**
 * Keeps the signals of a referral that are new, and draws the consequence of all of them together:
 * see `consequenceOf`. The same one again changes nothing.
 * @param rules of the referral's own terms
 * @returns null where it is neither rejected nor held by them
 */
export async function settleSignal(
  tx: Tx,
  referralId: string,
  {
    signals,
    rules,
    occasion,
  }: { signals: readonly Signal[]; rules: FraudRules; occasion: Occasion },
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
  for (const signal of signals) {
    const weight = weightOf(signal, rules);
    if (await keepSignal(tx, referralId, signal, { reached, weight })) news.push(signal);
  }
  if (news.length === 0) return null;
  const score = await countScore(tx, referralId);
  const facts = {
    reached,
    score,
    isProven: referral.provenAt !== null,
    isApproved: referral.approvedAt !== null,
  };
  const consequence = consequenceOf(news, facts, rules);
  const kinds = news.map(({ kind }) => kind);
  if (consequence === "reject") {
    const reason = news.find(({ severity }) => severity === "block")!.kind as ReferralReason;
    await reject(tx, referral, reason, occasion);
    return { referralId, friendId, rejectedFor: reason, kinds };
  }
  if (consequence !== "review") return null;
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
  { reached, weight }: { reached: Reached; weight: number },
): Promise<boolean> {
  const { merchantId } = tx;
  const kept = await tx.db.$executeRaw`
    INSERT INTO fraud_signal AS s
      (merchant_id, referral_id, kind, severity, detail, weight, evidence, reached, at)
    VALUES (${merchantId}, ${referralId}, ${kind}, ${severity}, ${detail}, ${weight},
      ${JSON.stringify(evidence satisfies Prisma.InputJsonValue)}::jsonb, ${reached},
      ${scopeNow(tx)})
    ON CONFLICT (merchant_id, referral_id, kind) DO UPDATE
      SET severity = EXCLUDED.severity, detail = EXCLUDED.detail, weight = EXCLUDED.weight,
        evidence = EXCLUDED.evidence, reached = EXCLUDED.reached, at = EXCLUDED.at
      WHERE s.severity = 'review' AND EXCLUDED.severity = 'block'`;
  return kept > 0;
}

/** Adds up what the signals of a referral count for: see `scoreOf`. @returns the score */
async function countScore({ db, merchantId }: Tx, referralId: string): Promise<number> {
  const [counted] = await db.$queryRaw<[{ score: number }]>`
    UPDATE referral SET score = LEAST(100, (
      SELECT sum(s.weight) FROM fraud_signal s
      WHERE s.merchant_id = ${merchantId} AND s.referral_id = ${referralId}))
    WHERE merchant_id = ${merchantId} AND id = ${referralId} RETURNING score`;
  return counted.score;
}

/** Rejects a referral, and voids what is held of it, or was lent to a claim. */
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
