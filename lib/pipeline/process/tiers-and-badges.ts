import { log } from "@/lib/core/log";
import { updateBadges } from "@/lib/loyalty/badges/commands/update-badges";
import { updateTier } from "@/lib/loyalty/tiers/commands/update-tier";
import { inScope, type Scope, type Tx } from "@/lib/merchants/scope";

/**
 * Brings a customer's tier and badges up to date with the facts on record. It is a transaction of
 * its own, after the one that changed the facts, and locks the customer's row first, so that of two
 * at the same time the second sees what the first wrote. The database notes who is due (see
 * LoyaltyDue), so that a process that dies in between loses nothing.
 */
export async function updateLoyalty(scope: Scope, customerId: string): Promise<void> {
  await inScope(scope, async (tx) => {
    const { merchantId } = tx;
    await tx.lock.customers(customerId);
    const notes = await tx.db.$queryRaw<{ why: "facts" | "rules" }[]>`
      DELETE FROM loyalty_due
      WHERE merchant_id = ${merchantId} AND customer_id = ${customerId} RETURNING why`;
    await updateTier(tx, customerId, notes.some(({ why }) => why === "rules") ? "rules" : "facts");
    await updateBadges(tx, customerId);
  });
}

/**
 * Whose tier and badges events of these customers may have changed, as noted so far: their own, and
 * those of the advocates they came through. Asks nothing in a shop without tiers and badges.
 */
export async function touchedCustomers(
  { db, merchantId }: Tx,
  customerIds: readonly string[],
  shop: { hasTiersOrBadges: boolean },
): Promise<string[]> {
  if (!shop.hasTiersOrBadges || customerIds.length === 0) return [];
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE came_through (id, level) AS (
      SELECT unnest(${[...customerIds]}::text[]), 0
      UNION
      SELECT a.customer_id, c.level + 1 FROM came_through c
      JOIN referral r ON r.merchant_id = ${merchantId} AND r.friend_id = c.id
      JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
      WHERE c.level < 2
    )
    SELECT DISTINCT d.customer_id AS id
    FROM loyalty_due d JOIN came_through c ON c.id = d.customer_id
    WHERE d.merchant_id = ${merchantId}
    ORDER BY 1`;
  return rows.map(({ id }) => id);
}

/**
 * Updates tiers and badges right after an event. What fails is logged, and the worker tries it
 * again.
 */
export async function updateTouchedCustomers(
  scope: Scope,
  customerIds: readonly string[],
): Promise<void> {
  for (const customerId of customerIds) {
    try {
      await updateLoyalty(scope, customerId);
    } catch (error) {
      log.error(
        { err: error, merchantId: scope.merchantId, customerId },
        "tier and badges could not be updated",
      );
    }
  }
}
