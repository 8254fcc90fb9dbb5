import { inScope, type Scope } from "@/lib/merchants/scope";

export type NewlyReached = { tierName: string | null; badgeIds: string[] };

/**
 * What a customer reached and has not seen yet: the tier they have, when it came since, and badges.
 * Null for nothing new.
 */
export async function newlyReached(scope: Scope, customerId: string): Promise<NewlyReached | null> {
  const { merchantId } = scope;
  return inScope(scope, async ({ db }) => {
    const seen = await db.loyaltySeen.findUnique({
      where: { merchantId_customerId: { merchantId, customerId } },
    });
    const since = seen?.seenUntil ?? new Date(0);
    const badges = await db.badgeAward.findMany({
      where: { merchantId, customerId, revokedAt: null, recordedAt: { gt: since } },
      select: { badgeId: true },
      orderBy: { recordedAt: "asc" },
    });
    const [tier] = await db.$queryRaw<{ name: string }[]>`
      SELECT t.name FROM customer_tier s JOIN tier t ON t.merchant_id = s.merchant_id
        AND t.id = s.tier_id
      WHERE s.merchant_id = ${merchantId} AND s.customer_id = ${customerId} AND EXISTS (
        SELECT FROM tier_step p
        WHERE p.merchant_id = s.merchant_id AND p.customer_id = s.customer_id
          AND p.to_tier_id = s.tier_id
          AND p.reason = 'reached' AND p.recorded_at > ${since})`;
    return tier || badges.length > 0
      ? { tierName: tier?.name ?? null, badgeIds: badges.map(({ badgeId }) => badgeId) }
      : null;
  });
}

/**
 * Remembers that a customer has seen all they reached so far.
 * @returns whether there was anything new, true for one of any number of pages that say so at once
 */
export async function markReachedSeen(scope: Scope, customerId: string): Promise<boolean> {
  const { merchantId } = scope;
  const rows = await inScope(
    scope,
    ({ db }) => db.$queryRaw<unknown[]>`
    INSERT INTO loyalty_seen (merchant_id, customer_id, seen_until)
    SELECT ${merchantId}, ${customerId}, newest FROM (
      SELECT GREATEST(
        (SELECT max(recorded_at) FROM tier_step WHERE merchant_id = ${merchantId}
          AND customer_id = ${customerId} AND reason = 'reached'),
        (SELECT max(recorded_at) FROM badge_award WHERE merchant_id = ${merchantId}
          AND customer_id = ${customerId} AND revoked_at IS NULL)
      ) AS newest
    ) n WHERE newest IS NOT NULL
    ON CONFLICT (merchant_id, customer_id) DO UPDATE SET seen_until = EXCLUDED.seen_until
      WHERE loyalty_seen.seen_until < EXCLUDED.seen_until
    RETURNING 1`,
  );
  return rows.length > 0;
}
