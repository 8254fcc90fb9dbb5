import { type Db, Prisma } from "@/lib/core/db";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { thawFacts } from "@/lib/terms/facts/conditions";
import { type OrderLeft, reversalFor } from "../../rules/reversal";
import type { ReversalReason } from "../../schema";
import { lockReward } from "../lock-reward";
import { isReversible, REVERSIBLE, reversePart, reverseWhole } from "./reverse-reward";

/**
 * Reverses what an order's refunds no longer carry, of every reward that was granted for it. Works
 * from the order as it is now: the same refund twice, or slices in another order, reverse the same.
 * @param cause what is behind it, unique per refund event: the ledger refuses a second movement for
 * it
 */
export async function reverseForOrder(
  scope: Scope,
  order: OrderLeft & { id: string },
  cause: { key: string; at: Date },
): Promise<{ rewardId: string; whole: boolean }[]> {
  return inScope(scope, async (db, scope) => {
    const rows = await lockReversible(
      db,
      Prisma.sql`merchant_id = ${scope.merchantId} AND order_id = ${order.id}`,
    );
    const reversed: { rewardId: string; whole: boolean }[] = [];
    for (const { id } of rows) {
      const reward = await lockReward(db, scope.merchantId, id);
      if (!isReversible(reward)) continue;
      const reversal = reversalFor(
        { ...reward.terms, ...reward, facts: thawFacts(reward.facts) },
        order,
      );
      // What expired is gone from its worth already.
      const minor = reversal.whole ? 0n : reversal.minor - reward.expiredMinor;
      if (reversal.whole) await reverseWhole(scope, reward, { because: "refunded" }, cause);
      else if (minor > 0n) await reversePart(scope, reward, minor, cause);
      else continue;
      reversed.push({ rewardId: id, whole: reversal.whole });
    }
    return reversed;
  });
}

/** Voids or reverses every reward of a referral that was rejected. */
export async function reverseForReferral(
  scope: Scope,
  referralId: string,
  cause: { key: string; at: Date },
): Promise<void> {
  await inScope(scope, async (db, scope) => {
    const rows = await lockReversible(
      db,
      Prisma.sql`merchant_id = ${scope.merchantId} AND referral_id = ${referralId}`,
    );
    for (const { id } of rows) {
      const reward = await lockReward(db, scope.merchantId, id);
      await reverseWhole(scope, reward, { because: "referral_rejected" }, cause);
    }
  });
}

/**
 * Voids or reverses a reward because what it rested on is no more. One of which nothing is left
 * stays as it is.
 */
export async function reverseReward(
  scope: Scope,
  rewardId: string,
  because: ReversalReason,
): Promise<void> {
  await inScope(scope, async (db, scope) => {
    const now = scopeNow(scope);
    const reward = await lockReward(db, scope.merchantId, rewardId);
    await reverseWhole(scope, reward, { because }, { key: `${because}:${now.getTime()}`, at: now });
  });
}

/** All of them before the first one's budget: whoever holds a budget waits for no reward. */
async function lockReversible(db: Db, where: Prisma.Sql): Promise<{ id: string }[]> {
  return db.$queryRaw<{ id: string }[]>`
    SELECT id FROM reward WHERE ${where} AND state = ANY(${[...REVERSIBLE]}::text[])
    ORDER BY id FOR NO KEY UPDATE`;
}
