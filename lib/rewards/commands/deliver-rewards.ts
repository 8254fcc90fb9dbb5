import { isManual, deliveryOf } from "@/lib/terms/kinds/benefits";
import type { z } from "zod";
import type { Db } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { addDays } from "@/lib/core/time";
import { postTransfers } from "@/lib/ledger/commands/post-transfers";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { announceReward, announceRewardsById } from "./announce-reward";
import { expiryDates } from "../rules/expiry";
import type { deliverManySchema, deliverSchema, noteSchema, undoDeliverySchema } from "../schema";
import { accountOf, type LoadedReward, lockReward, remainingAmount } from "./lock-reward";
import { stepReward } from "./step-reward";

/** How long after a delivery it can be undone. */
const UNDO_DAYS = 30;

/**
 * Records that a gift was delivered, a donation made or cash paid.
 * @throws DomainError conflict unless it waits for that
 */
export async function deliverReward(
  scope: Scope,
  { rewardId, note }: z.infer<typeof deliverSchema>,
): Promise<void> {
  requirePermission(scope, "reward.decide");
  await inScope(scope, async (tx) => {
    const reward = await lockReward(tx, rewardId);
    const obstacle = obstacleTo(reward);
    if (obstacle) throw new DomainError("conflict", obstacle);
    await deliver(tx, reward, note);
    await announceReward(tx, rewardId, "reward_given");
  });
}

/**
 * The same for several at once. What is not waiting for delivery (any more) is left as it is and
 * named, so that two people who work through the same list do no harm.
 */
export async function deliverRewards(
  scope: Scope,
  { rewardIds, note }: z.infer<typeof deliverManySchema>,
): Promise<{ done: number; skipped: { rewardId: string; why: string }[] }> {
  requirePermission(scope, "reward.decide");
  return inScope(scope, async (tx) => {
    const skipped: { rewardId: string; why: string }[] = [];
    const delivered: string[] = [];
    const ids = [...new Set(rewardIds)].sort();
    for (const rewardId of ids) {
      const reward = await lockReward(tx, rewardId);
      const why = obstacleTo(reward);
      if (why) skipped.push({ rewardId, why });
      else {
        await deliver(tx, reward, note);
        delivered.push(rewardId);
      }
    }
    await announceRewardsById(
      tx,
      delivered.map((rewardId) => ({ rewardId, template: "reward_given" })),
    );
    return { done: delivered.length, skipped };
  });
}

/**
 * Undoes a delivery: the reward waits for it again. Within 30 days, and not for what was paid in a
 * payout. @throws DomainError conflict
 */
export async function undoDelivery(
  scope: Scope,
  { rewardId, reason }: z.infer<typeof undoDeliverySchema>,
): Promise<void> {
  requirePermission(scope, "reward.decide");
  await inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const reward = await lockReward(tx, rewardId);
    const now = scopeNow(tx);
    const given = await tx.db.rewardStep.findFirst({
      where: { merchantId, rewardId, state: "used" },
      orderBy: { id: "desc" },
    });
    if (reward.state !== "used" || !given || !isManual(reward.terms.benefit)) {
      throw new DomainError("conflict", "This reward was not delivered.");
    }
    if (reward.payoutBatchId !== null)
      throw new DomainError("conflict", "This reward was paid as part of a payout.");
    if (given.recordedAt < addDays(now, -UNDO_DAYS)) {
      throw new DomainError("conflict", `It was delivered more than ${UNDO_DAYS} days ago.`);
    }
    await returnDelivered(tx, reward, now);
    await stepReward(tx, {
      rewardId,
      state: "available",
      reason: "handing_over_undone",
      at: now,
      // Its expiry counts from now: that it was late is not its owner's fault.
      expiry: expiryDates(reward.terms.expiry, "unissued", now, tx.timeZone),
    });
    await recordAudit(tx, {
      action: "reward.undo_delivery",
      subjectType: "reward",
      subjectId: rewardId,
      detail: { reason },
      summary: `Undid the delivery of a reward: ${reason}`,
    });
  });
}

/**
 * Edits the note that a reward's owner reads: a tracking number, a seat. An empty one removes it.
 */
export async function noteOnReward(
  scope: Scope,
  { rewardId, note }: z.infer<typeof noteSchema>,
): Promise<void> {
  requirePermission(scope, "reward.decide");
  await inScope(scope, async (tx) => {
    const reward = await lockReward(tx, rewardId);
    if (!isManual(reward.terms.benefit))
      throw new DomainError("conflict", "Only rewards that staff deliver have a note.");
    await writeNote(tx.db, tx.merchantId, rewardId, note || null);
    await recordAudit(tx, {
      action: "reward.note",
      subjectType: "reward",
      subjectId: rewardId,
      detail: { note: note ?? "" },
      summary: note ? `Wrote on a reward: ${note}` : "Removed the note on a reward",
    });
  });
}

/** Why a reward cannot be delivered now; null when it can. */
function obstacleTo({ state, terms, payoutBatchId }: LoadedReward): string | null {
  if (state !== "available" || !isManual(terms.benefit))
    return "This reward is not waiting for delivery.";
  return payoutBatchId === null
    ? null
    : "This reward is part of a payout; mark the payout as paid.";
}

async function deliver(tx: Tx, reward: LoadedReward, note: string | undefined): Promise<void> {
  const { db, merchantId } = tx;
  const now = scopeNow(tx);
  const amount = remainingAmount(reward);
  if (note) await writeNote(db, merchantId, reward.id, note);
  if (amount && amount.minor > 0n) {
    await postTransfers(tx, [
      {
        causeKey: `${deliveryCause(reward.id)}:${now.getTime()}`,
        rewardId: reward.id,
        amount,
        occurredAt: now,
        memo: "Delivered",
        from: accountOf(reward)!,
        to: { kind: "spent", ownerId: reward.programId, asset: amount.asset },
      },
    ]);
  }
  await stepReward(tx, {
    rewardId: reward.id,
    state: "used",
    reason: deliveryOf(reward.terms.benefit) === "payout" ? "paid" : "given",
    at: now,
  });
  await recordAudit(tx, {
    action: "reward.deliver",
    subjectType: "reward",
    subjectId: reward.id,
    detail: note ? { note } : {},
    summary: note ? `Delivered a reward: ${note}` : "Delivered a reward",
  });
}

async function returnDelivered(tx: Tx, reward: LoadedReward, now: Date): Promise<void> {
  const posted = await tx.db.ledgerTransfer.findFirst({
    where: {
      merchantId: tx.merchantId,
      rewardId: reward.id,
      causeKey: { startsWith: deliveryCause(reward.id) },
      reversesId: null,
    },
    orderBy: { id: "desc" },
  });
  if (!posted || reward.asset === null) return;
  if (posted.amountMinor !== remainingAmount(reward)?.minor) {
    throw new DomainError(
      "conflict",
      "Part of it was reversed since it was delivered, so the delivery can’t be undone.",
    );
  }
  await postTransfers(tx, [
    {
      causeKey: `${posted.causeKey}:undone`,
      reversesCause: posted.causeKey,
      rewardId: reward.id,
      occurredAt: now,
      memo: "Delivery undone",
      amount: { minor: posted.amountMinor, asset: reward.asset },
      from: { kind: "spent", ownerId: reward.programId, asset: reward.asset },
      to: accountOf({ ...reward, state: "available" })!,
    },
  ]);
}

function deliveryCause(rewardId: string): string {
  return `reward:${rewardId}:give`;
}

async function writeNote(
  db: Db,
  merchantId: string,
  id: string,
  note: string | null,
): Promise<void> {
  await db.reward.update({ where: { merchantId_id: { merchantId, id } }, data: { note } });
}
