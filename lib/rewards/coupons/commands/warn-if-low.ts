import { publicUrl } from "@/lib/core/address";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import { queueUserMessage } from "@/lib/messaging/commands/queue-message";

/**
 * Writes to the owners and admins of a shop when a pool of coupon codes has become low, once until
 * it is filled again. Asked after each code taken; as long as there are enough it only counts as
 * far as the threshold.
 */
export async function warnIfLow(tx: Tx, poolId: string): Promise<void> {
  const { db, merchantId } = tx;
  const [low] = await db.$queryRaw<{ name: string; left: number }[]>`
    UPDATE coupon_pool p SET warned_at = ${scopeNow(tx)}
    FROM (
      SELECT count(*)::int AS codes FROM (
        SELECT 1 FROM coupon_pool_code c
        WHERE c.merchant_id = ${merchantId} AND c.pool_id = ${poolId} AND c.taken_at IS NULL
        LIMIT (SELECT low_at FROM coupon_pool WHERE merchant_id = ${merchantId} AND id = ${poolId})
      ) few
    ) free
    WHERE p.merchant_id = ${merchantId} AND p.id = ${poolId} AND p.warned_at IS NULL
      AND free.codes < p.low_at
    RETURNING p.name, free.codes AS left`;
  if (!low) return;
  const staff = await db.member.findMany({
    where: { merchantId, role: { in: ["owner", "admin"] } },
    select: { user: { select: { email: true } } },
    orderBy: { userId: "asc" },
  });
  const { name: shopName } = await db.merchant.findUniqueOrThrow({
    where: { id: merchantId },
    select: { name: true },
  });
  const url = publicUrl(adminPaths(tx.merchantSlug).couponPool(poolId));
  for (const { user } of staff) {
    await queueUserMessage(db, {
      template: "pool_low",
      recipient: user.email,
      data: { shopName, poolName: low.name, left: low.left, url },
    });
  }
}
