import type { z } from "zod";
import type { Db } from "@/lib/core/db";
import { DomainError, notFound } from "@/lib/core/errors";
import { noteScores } from "@/lib/loyalty/leaderboards/commands/update-scores";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { type LoadedReferral, lockReferral, stepReferrals } from "@/lib/referrals/commands";
import { mayReject } from "@/lib/referrals/rules";
import type { decideSchema, ProvenBy, ReferralState, rejectSchema } from "@/lib/referrals/schema";
import { lockRewards, reinstateRewards, reverseForReferral } from "@/lib/rewards/commands";
import { releaseAndComplete } from "./release-reward";
import { settleFriends } from "./settle-friends";

/** Why it is decided, as its step and the audit log say it. */
export type Grounds = { reason: string; summary: string; detail: Record<string, string | number> };

/**
 * Approves a referral under review. Its rewards go on, and those whose hold is over are released at
 * once.
 * @throws DomainError conflict when it is not under review
 */
export async function approveReferral(
  scope: Scope,
  { referralId }: z.infer<typeof decideSchema>,
): Promise<void> {
  requirePermission(scope, "referral.decide");
  await inScope(scope, async (tx) => {
    const referral = await lockReferral(tx, referralId);
    if (referral.reviewAt === null || !mayReject(referral.state)) {
      throw new DomainError("conflict", "This referral is not waiting for a decision.");
    }
    await approve(tx, referral, { reason: "approved", summary: "Approved a referral", detail: {} });
  });
}

/** Approves a referral that is locked, and waits for a decision. */
export async function approve(
  tx: Tx,
  { id: referralId, state }: LoadedReferral,
  { reason, summary, detail }: Grounds,
): Promise<void> {
  await tx.db.referral.update({
    where: { merchantId_id: { merchantId: tx.merchantId, id: referralId } },
    data: { reviewAt: null, remindedAt: null, approvedAt: scopeNow(tx) },
  });
  stepReferrals(tx, [
    { referralId, state, reason, at: scopeNow(tx), eventId: null, returns: true },
  ]);
  const held = await tx.db.reward.findMany({
    where: { merchantId: tx.merchantId, referralId, state: "held" },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  for (const { id } of held) await releaseAndComplete(tx, id);
  await recordAudit(tx, {
    action: "referral.approve",
    subjectType: "referral",
    subjectId: referralId,
    summary,
    detail,
  });
}

/** What came of several decisions: whom they were about, and how many were no longer open. */
export type Decided = { done: string[]; skipped: number };

/**
 * Takes the same decision on several referrals, each in a transaction of its own: what was decided
 * meanwhile is left as it is, so that two people who work through one list do no harm.
 * @throws DomainError not_found when none of them is known
 */
export async function decideEach(
  referralIds: readonly string[],
  decide: (referralId: string) => Promise<void>,
): Promise<Decided> {
  const done: string[] = [];
  const refused: DomainError[] = [];
  for (const referralId of new Set(referralIds)) {
    try {
      await decide(referralId);
      done.push(referralId);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (error.code !== "conflict" && error.code !== "not_found") throw error;
      refused.push(error);
    }
  }
  if (done.length === 0 && refused.every(({ code }) => code === "not_found")) throw refused[0]!;
  return { done, skipped: refused.length };
}

/**
 * Rejects a referral and reverses its rewards. @throws DomainError conflict when its state does not
 * allow it
 */
export async function rejectReferral(
  scope: Scope,
  { referralId, reason }: z.infer<typeof rejectSchema>,
): Promise<void> {
  requirePermission(scope, "referral.decide");
  await inScope(scope, async (tx) => {
    const referral = await lockReferral(tx, referralId);
    if (!mayReject(referral.state))
      throw new DomainError("conflict", `A referral that is ${referral.state} cannot be rejected.`);
    const summary = `Rejected a referral: ${reason}`;
    await reject(tx, referral, { reason, summary, detail: { reason, from: referral.state } });
  });
}

/** Rejects a referral that is locked, and whose state allows it. */
export async function reject(
  tx: Tx,
  { id: referralId, state, advocateId, friendId }: LoadedReferral,
  { reason, summary, detail }: Grounds,
): Promise<void> {
  const now = scopeNow(tx);
  stepReferrals(tx, [{ referralId, state: "rejected", reason, at: now, eventId: null }]);
  await reverseForReferral(tx, referralId, {
    key: `reject:${now.getTime()}`,
    at: now,
  });
  if (state !== "joined") await addToQualifiedCount(tx.db, tx.merchantId, advocateId, -1);
  noteScores(tx, [friendId]);
  await recordAudit(tx, {
    action: "referral.reject",
    subjectType: "referral",
    subjectId: referralId,
    summary,
    detail,
  });
}

/**
 * Undoes a rejection, automatic or by a member: the referral has its earlier state again, its
 * rewards are on hold again, and what has happened since counts, refunds included.
 * @throws DomainError conflict unless it is rejected
 */
export async function undoRejection(
  scope: Scope,
  { referralId }: z.infer<typeof decideSchema>,
): Promise<void> {
  requirePermission(scope, "referral.decide");
  await inScope(scope, async (tx) => {
    const referral = await lockFriendAndReferral(tx, referralId);
    if (referral.state !== "rejected")
      throw new DomainError("conflict", "Only a rejection can be undone.");
    const steps = await tx.db.referralStep.findMany({
      where: { merchantId: tx.merchantId, referralId },
      orderBy: { id: "desc" },
      select: { state: true },
    });
    const before = steps.find((step) => step.state !== "rejected");
    const state = (before?.state ?? "joined") as ReferralState;
    const now = scopeNow(tx);
    const approval = { reason: "approved", at: now, eventId: null, returns: true };
    stepReferrals(tx, [{ referralId, state, ...approval }]);
    // A member has decided: the signals stay on record, but neither they nor a condition reject it
    // again. Nor is the friend asked any more: who was refused got no email to answer.
    await tx.db.referral.update({
      where: { merchantId_id: { merchantId: tx.merchantId, id: referralId } },
      data: {
        reviewAt: null,
        remindedAt: null,
        approvedAt: now,
        ...(referral.provenAt === null && { provenAt: now, provenBy: "staff" satisfies ProvenBy }),
      },
    });
    await reinstateRewards(tx, referralId);
    if (state === "qualified" || state === "rewarded")
      await addToQualifiedCount(tx.db, tx.merchantId, referral.advocateId, 1);
    const cause = { key: `undo:${referralId}:${now.getTime()}`, at: now };
    await settleFriends(tx, [referral.friendId], cause);
    noteScores(tx, [referral.friendId]);
    await recordAudit(tx, {
      action: "referral.undo_rejection",
      subjectType: "referral",
      subjectId: referralId,
      summary: "Undid a rejection",
      detail: { to: state },
    });
  });
}

/**
 * Locks the friend, all of their referrals, and what these have to do with, as events do: an undo
 * moves amounts, and then advances every referral.
 * @throws DomainError not_found
 */
async function lockFriendAndReferral(tx: Tx, referralId: string): Promise<LoadedReferral> {
  const { db, merchantId } = tx;
  const found = await db.referral.findUnique({
    where: { merchantId_id: { merchantId, id: referralId } },
    select: { friendId: true },
  });
  if (!found) throw notFound("referral");
  await tx.lock.customers(found.friendId);
  const theirs = await db.referral.findMany({
    where: { merchantId, friendId: found.friendId },
    select: { id: true, programId: true, advocateId: true, rewards: { select: { id: true } } },
  });
  await tx.lock.referrals(...theirs.map(({ id }) => id));
  await lockRewards(
    tx,
    theirs.flatMap(({ rewards }) => rewards.map(({ id }) => id)),
  );
  await tx.lock.budgets(...theirs.map(({ programId }) => programId));
  await tx.lock.advocates(...theirs.map(({ advocateId }) => advocateId));
  return lockReferral(tx, referralId);
}

async function addToQualifiedCount(
  db: Db,
  merchantId: string,
  advocateId: string,
  by: 1 | -1,
): Promise<void> {
  await db.advocate.update({
    where: { merchantId_id: { merchantId, id: advocateId } },
    data: { qualifiedCount: { increment: by } },
  });
}
