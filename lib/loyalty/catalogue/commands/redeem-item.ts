import { deliveryOf } from "@/lib/terms/kinds/benefits";
import { DomainError, notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { POINTS } from "@/lib/core/money";
import { postAtEnd } from "@/lib/ledger/commands/post-transfers";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { type Expiry } from "@/lib/terms/schema";
import { grantOutright } from "@/lib/rewards/commands";
import type { CatalogueItem } from "@/prisma/generated/client";
import { askerOf, tierRanks } from "../queries/offers";
import { refusalOf } from "../rules";
import { type ItemWorth, itemWorthSchema } from "../schema/item";
import { lockItem } from "./edit-items";

export type RedeemInput = {
  itemId: string;
  customerId: string;
  /** Whose pages show it, and whose books take the points. */
  programId: string;
  /** The sender's own key: the same again gives what the first call gave. */
  requestKey: string;
};

export type Redeemed = {
  redemptionId: string;
  rewardId: string;
  /** False for a repeat. */ created: boolean;
};

/**
 * Buys an item with a customer's points, all of it or nothing: the points are spent, those that
 * expire first, and what is bought is given as a reward that costs nothing more, for its points
 * were counted when they were earned. The customer is locked first and the item then, so of many
 * who want the last one exactly one gets it, and no points are spent twice.
 * @throws DomainError not_offered, tier_required, limit_reached, sold_out or not_enough_points;
 * not_found; idempotency_conflict when the key stands for another item; forbidden for another
 * customer
 */
export async function redeemItem(scope: Scope, input: RedeemInput): Promise<Redeemed> {
  const { actor } = scope;
  if (actor.kind !== "customer" || actor.id !== input.customerId)
    requirePermission(scope, "reward.decide");
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    await lockCustomer(tx, input.customerId);
    const before = await tx.db.redemption.findUnique({
      where: {
        merchantId_customerId_requestKey: {
          merchantId,
          customerId: input.customerId,
          requestKey: input.requestKey,
        },
      },
    });
    if (before) {
      if (before.itemId !== input.itemId)
        throw new DomainError(
          "idempotency_conflict",
          "This key was used for another redemption.",
          "requestKey",
        );
      return { redemptionId: before.id, rewardId: before.rewardId, created: false };
    }
    const item = await lockItem(tx, input.itemId);
    const [ranks, asker] = [
      await tierRanks(tx.db, merchantId),
      await askerOf(tx, input.customerId, item.id),
    ];
    const tierRank = item.tierId === null ? null : (ranks.get(item.tierId) ?? "gone");
    const refusal = refusalOf({ ...item, tierRank }, asker);
    if (refusal) throw new DomainError(refusal.code, refusal.message);
    return buy(tx, item, input);
  });
}

async function buy(
  tx: Tx,
  item: CatalogueItem,
  { customerId, programId, requestKey }: RedeemInput,
): Promise<Redeemed> {
  const { merchantId } = tx;
  const now = scopeNow(tx);
  const redemptionId = newId("rdm");
  const worth = itemWorthSchema.parse(item.benefit);
  const { rewardId } = await grantOutright(tx, {
    programId,
    customerId,
    source: "catalogue",
    ruleId: `catalogue:${item.id}`,
    causeRef: { kind: "redemption", ref: redemptionId },
    eventId: null,
    benefit: worth.benefit,
    calculator: worth.calculator,
    holdDays: 0,
    costMinor: 0n,
    at: now,
    expiry: expiryOf(worth),
    reason: "redeemed",
    facts: { redemption: redemptionId, item: item.id, points: item.pricePoints.toString() },
  });
  if (deliveryOf(worth.benefit) === "coupon") {
    const coupon = await tx.db.coupon.findUnique({
      where: { merchantId_rewardId: { merchantId, rewardId } },
      select: { code: true },
    });
    // Its pool has run dry. Points are not taken for a code that may come one day.
    if (!coupon) throw new DomainError("sold_out", "This item is sold out.");
  }
  postAtEnd(tx, [
    {
      causeKey: spendKey(redemptionId),
      rewardId,
      amount: { minor: item.pricePoints, asset: POINTS },
      occurredAt: now,
      from: { kind: "available", ownerId: customerId, asset: POINTS },
      to: { kind: "spent", ownerId: programId, asset: POINTS },
      memo: "Redeemed from the catalogue",
    },
  ]);
  await tx.db.catalogueItem.update({
    where: { merchantId_id: { merchantId, id: item.id } },
    data: { redeemed: { increment: 1 } },
  });
  await tx.db.redemption.create({
    data: {
      merchantId,
      id: redemptionId,
      itemId: item.id,
      customerId,
      rewardId,
      requestKey,
      points: item.pricePoints,
      state: "done",
      at: now,
    },
  });
  return { redemptionId, rewardId, created: true };
}

/** The cause under which the books know what was spent for a redemption. */
export function spendKey(redemptionId: string): string {
  return `redemption:${redemptionId}`;
}

/** @throws DomainError not_found */
export async function lockCustomer(
  { db, lock, merchantId }: Tx,
  customerId: string,
): Promise<void> {
  await lock.customers(customerId);
  if ((await db.customer.count({ where: { merchantId, id: customerId } })) === 0)
    throw notFound("customer");
}

/** Its owner is reminded a week before it expires, where it lasts for more than two. */
function expiryOf({ validDays }: ItemWorth): Expiry | null {
  if (validDays === null) return null;
  return { unissuedDays: null, issuedDays: validDays, remindDays: validDays > 14 ? 7 : null };
}
