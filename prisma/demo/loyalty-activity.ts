import { cancelRedemption } from "@/lib/loyalty/catalogue/commands/cancel-redemption";
import { redeemItem } from "@/lib/loyalty/catalogue/commands/redeem-item";
import { DAY_MS } from "@/lib/core/time";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { nominate } from "@/lib/nominations/commands/nominate";
import { settle } from "@/lib/worker/test-clock";
import { askQuestion } from "@/lib/desk/commands";

/** What customers did with it since, and what they asked the shop. */
export async function addLoyaltyActivity(scope: Scope, programId: string): Promise<void> {
  await settle(scope);
  await redeemPoints(scope, programId);
  await askTheShop(scope);
  await nameAdvocates(scope, programId);
}

async function redeemPoints(scope: Scope, programId: string): Promise<void> {
  const { merchantId } = scope;
  const rich = await inScope(
    scope,
    (db) => db.$queryRaw<{ customerId: string }[]>`
    SELECT owner_id AS "customerId" FROM ledger_account
    WHERE merchant_id = ${merchantId} AND kind = 'available' AND asset = 'PTS/0'
      AND balance_minor >= 130
    ORDER BY id LIMIT 24`,
  );
  const items = await inScope(scope, (db) =>
    db.catalogueItem.findMany({
      where: { merchantId },
      orderBy: { position: "asc" },
      select: { id: true },
    }),
  );
  for (const [index, { customerId }] of rich.entries()) {
    // The first two are what everybody here can afford.
    const { redemptionId } = await redeemItem(scope, {
      itemId: items[index % 2]!.id,
      customerId,
      programId,
      requestKey: `demo-${index}`,
    });
    if (index % 8 === 5) await cancelRedemption(scope, { redemptionId, reason: "Ordered twice" });
  }
}

async function askTheShop(scope: Scope): Promise<void> {
  const { merchantId } = scope;
  const held = await inScope(scope, (db) =>
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
  const strangers = await inScope(scope, (db) =>
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
  const advocate = await inScope(scope, (db) =>
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
