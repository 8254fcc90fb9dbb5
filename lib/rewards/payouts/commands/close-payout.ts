import type { z } from "zod";
import { DomainError } from "@/lib/core/errors";
import { postTransfers } from "@/lib/ledger/commands/post-transfers";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { Expiry } from "@/lib/terms/schema";
import { stepRewards } from "../../commands/step-reward";
import { eraseUnused } from "../../destinations/commands/end-destination";
import { expiryDates } from "../../rules/expiry";
import type { batchIdSchema, payBatchSchema } from "../schema";
import { emailOwners } from "./email-owners";
import { lockBatch, lockItems, type PayoutItem } from "./lock-payout";

/**
 * Marks a payout as paid: all its rewards are used, and what was to be paid is spent. Each customer
 * gets one email. @throws DomainError not_found, conflict unless it is open
 * and has rewards
 */
export async function payPayout(
  scope: Scope,
  { batchId, reference }: z.infer<typeof payBatchSchema>,
): Promise<void> {
  requirePermission(scope, "payout.manage");
  await inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const items = await lockItems(tx, batchId);
    const { number, asset } = await lockBatch(tx, batchId);
    if (items.length === 0)
      throw new DomainError("conflict", "Nothing is left in this payout. Cancel it instead.");
    const now = scopeNow(tx);
    await stepRewards(
      tx,
      items.map(({ id }) => id),
      { state: "used", reason: "paid", at: now },
    );
    const cause = (id: string) => `reward:${id}:payout:${batchId}`;
    await postTransfers(
      tx,
      items
        .filter(({ minor }) => minor > 0n)
        .map(({ id, minor, customerId, programId }) => ({
          causeKey: cause(id),
          rewardId: id,
          amount: { minor, asset },
          occurredAt: now,
          memo: `Payout ${number}`,
          from: { kind: "issued", ownerId: customerId, asset },
          to: { kind: "spent", ownerId: programId, asset },
        })),
    );
    await tx.db.payoutBatch.update({
      where: { merchantId_id: { merchantId, id: batchId } },
      data: { state: "paid", paidAt: now, paidBy: tx.actor.label, reference: reference || null },
    });
    await recordAudit(tx, {
      action: "payout.pay",
      subjectType: "payout",
      subjectId: batchId,
      summary: `Marked payout ${number} as paid`,
      detail: { number, rewards: items.length, reference: reference ?? "" },
    });
    await emailOwners(tx, batchId, asset, items, reference || null);
  });
}

/**
 * Cancels an open payout: its rewards are payable again, and their expiry counts from now.
 * @throws DomainError not_found, conflict
 */
export async function cancelPayout(
  scope: Scope,
  { batchId }: z.infer<typeof batchIdSchema>,
): Promise<void> {
  requirePermission(scope, "payout.manage");
  await inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const items = await lockItems(tx, batchId);
    const { number } = await lockBatch(tx, batchId);
    const now = scopeNow(tx);
    for (const [terms, ids] of byExpiry(items)) {
      await stepRewards(tx, ids, {
        state: "available",
        reason: "payable",
        at: now,
        expiry: expiryDates(JSON.parse(terms) as Expiry | null, "unissued", now, tx.timeZone),
      });
    }
    await tx.db.reward.updateMany({
      where: { merchantId, payoutBatchId: batchId },
      data: { payoutBatchId: null, destinationId: null },
    });
    await eraseUnused(
      tx,
      items.map(({ customerId }) => customerId),
    );
    await tx.db.payoutBatch.update({
      where: { merchantId_id: { merchantId, id: batchId } },
      data: { state: "cancelled", cancelledAt: now },
    });
    await recordAudit(tx, {
      action: "payout.cancel",
      subjectType: "payout",
      subjectId: batchId,
      summary: `Cancelled payout ${number}`,
      detail: { number, rewards: items.length },
    });
  });
}

/** Ids of rewards by the expiry of their terms, as JSON. */
function byExpiry(items: readonly PayoutItem[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { id, expiry } of items) {
    const key = JSON.stringify(expiry);
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  return groups;
}
