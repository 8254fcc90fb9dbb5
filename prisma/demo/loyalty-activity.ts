import { cancelRedemption } from "@/lib/loyalty/catalogue/commands/cancel-redemption";
import { redeemItem } from "@/lib/loyalty/catalogue/commands/redeem-item";
import { DAY_MS } from "@/lib/core/time";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { nominate } from "@/lib/nominations/commands/nominate";
import { deliverRewards } from "@/lib/rewards/commands";
import type { Moment } from "./moments";
import { askQuestion } from "@/lib/desk/commands";

/** How many items were redeemed, and how long ago the first was. */
const REDEMPTIONS = 24;
const REDEEMED_FOR_DAYS = 120;
/** Gifts are handed out on one day of the week. */
const DELIVERY_DAYS = 7;

/** What customers and staff do with it over time: points are redeemed, gifts are delivered. */
export function loyaltyMoments(
  scope: Scope,
  programId: () => string,
  { opened, now }: { opened: Date; now: Date },
): Moment[] {
  const redemptions = Array.from({ length: REDEMPTIONS }, (_, index): Moment => ({
    at: new Date(now.getTime() - REDEEMED_FOR_DAYS * (1 - index / REDEMPTIONS) * DAY_MS),
    happen: () => redeemNext(scope, programId(), index),
  }));
  const weeks = Math.floor((now.getTime() - opened.getTime()) / DAY_MS / DELIVERY_DAYS) - 1;
  const deliveries = Array.from({ length: weeks }, (_, index): Moment => ({
    at: new Date(opened.getTime() + (index + 1) * DELIVERY_DAYS * DAY_MS),
    happen: () => deliverGifts(scope),
  }));
  return [...redemptions, ...deliveries];
}

/** What is left to do for staff on the last day. */
export async function leaveTasks(scope: Scope, programId: string): Promise<void> {
  await askTheShop(scope);
  await nameAdvocates(scope, programId);
}

/** Somebody with enough points who has not redeemed any yet, or the next one who has. */
async function redeemNext(scope: Scope, programId: string, index: number): Promise<void> {
  const { merchantId } = scope;
  const [rich] = await inScope(
    scope,
    ({ db }) => db.$queryRaw<{ customerId: string }[]>`
    SELECT a.owner_id AS "customerId" FROM ledger_account a
    WHERE a.merchant_id = ${merchantId} AND a.kind = 'available' AND a.asset = 'PTS/0'
      AND a.balance_minor >= 130
    ORDER BY (
      SELECT count(*) FROM redemption r
      WHERE r.merchant_id = a.merchant_id AND r.customer_id = a.owner_id), a.id LIMIT 1`,
  );
  if (!rich) return;
  const items = await inScope(scope, ({ db }) =>
    db.catalogueItem.findMany({
      where: { merchantId },
      orderBy: { position: "asc" },
      select: { id: true },
    }),
  );
  // The first two are what everybody here can afford.
  const { redemptionId } = await redeemItem(scope, {
    itemId: items[index % 2]!.id,
    customerId: rich.customerId,
    programId,
    requestKey: `demo-${index}`,
  });
  if (index % 8 === 5) await cancelRedemption(scope, { redemptionId, reason: "Ordered twice" });
}

/** The shop delivers what waits for it. */
async function deliverGifts(scope: Scope): Promise<void> {
  const { merchantId } = scope;
  const waiting = await inScope(scope, ({ db }) =>
    db.reward.findMany({
      where: { merchantId, state: "available", reason: "to_be_given" },
      select: { id: true },
    }),
  );
  const rewardIds = waiting.map(({ id }) => id);
  if (rewardIds.length > 0) await deliverRewards(scope, { rewardIds });
}

async function askTheShop(scope: Scope): Promise<void> {
  const { merchantId } = scope;
  const held = await inScope(scope, ({ db }) =>
    db.reward.findMany({
      where: { merchantId, state: { in: ["held", "reversed"] }, side: "advocate" },
      orderBy: { grantedAt: "desc" },
      distinct: ["customerId"],
      take: 3,
      select: { id: true, customerId: true },
    }),
  );
  const questions = [
    "My friend kept her order. Could this be ready a little earlier?",
    "Why is this still waiting?",
    "I think this was reversed by mistake.",
  ];
  for (const [index, { id, customerId }] of held.entries())
    await askQuestion(scope, customerId, { rewardId: id, message: questions[index]! });
}

/** Customers who came without a link say who told them about the shop. */
async function nameAdvocates(scope: Scope, programId: string): Promise<void> {
  const { merchantId } = scope;
  const strangers = await inScope(scope, ({ db }) =>
    db.order.findMany({
      where: {
        merchantId,
        occurredAt: { gt: new Date(scopeNow(scope).getTime() - 60 * DAY_MS) },
        customer: { friendOf: { none: {} }, orderCount: 1 },
      },
      orderBy: { occurredAt: "desc" },
      distinct: ["customerId"],
      take: 3,
      select: { id: true, customerId: true },
    }),
  );
  const advocate = await inScope(scope, ({ db }) =>
    db.shareCode.findFirstOrThrow({
      where: { merchantId, programId },
      orderBy: { code: "asc" },
      select: { code: true },
    }),
  );
  for (const [index, order] of strangers.entries()) {
    await nominate(scope, {
      programId,
      friendId: order.customerId,
      orderId: order.id,
      said: index === 1 ? advocate.code : "a colleague at work",
    });
  }
}
