import type { Db } from "@/lib/core/db";
import { log } from "@/lib/core/log";
import { updateBadges } from "@/lib/loyalty/badges/commands/update-badges";
import { updateTier } from "@/lib/loyalty/tiers/commands/update-tier";
import { inScope, type Scope } from "@/lib/merchants/scope";

/**
 * Brings a customer's tier and badges to where the facts on record lead now. A transaction of its
 * own, after the one that changed the facts: it begins with the customer's row, as everything does,
 * so that of two at once the second sees what the first wrote, and nothing waits in a circle. What
 * it has to look at the database has noted (see LoyaltyDue), so that a process that dies in
 * between loses nothing.
 */
export async function updateLoyalty(scope: Scope, customerId: string): Promise<void> {
  await inScope(scope, async (db, scope) => {
    const { merchantId } = scope;
    await db.$queryRaw`SELECT 1 FROM customer WHERE merchant_id = ${merchantId} AND id = ${customerId} FOR NO KEY UPDATE`;
    const notes = await db.$queryRaw<{ why: "facts" | "rules" }[]>`
      DELETE FROM loyalty_due WHERE merchant_id = ${merchantId} AND customer_id = ${customerId} RETURNING why`;
    await updateTier(
      scope,
      customerId,
      notes.some(({ why }) => why === "rules") ? "rules" : "facts",
    );
    await updateBadges(scope, customerId);
  });
}

/**
 * Whose standing an event of this customer may have changed, as noted so far: theirs, and of those
 * they came through.
 */
export async function touchedCustomers(
  db: Db,
  scope: Scope,
  customerId: string,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE came_through (id, level) AS (
      SELECT ${customerId}::text, 0
      UNION
      SELECT a.customer_id, c.level + 1 FROM came_through c
      JOIN referral r ON r.merchant_id = ${scope.merchantId} AND r.friend_id = c.id
      JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
      WHERE c.level < 2
    )
    SELECT DISTINCT d.customer_id AS id FROM loyalty_due d JOIN came_through c ON c.id = d.customer_id
    WHERE d.merchant_id = ${scope.merchantId}
    ORDER BY 1`;
  return rows.map(({ id }) => id);
}

/**
 * Right after an event: those whose standing it touched. What fails here is tried again by the
 * worker's next round.
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
        "a standing could not be brought up to date",
      );
    }
  }
}
