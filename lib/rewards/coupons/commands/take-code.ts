import { scopeNow, type Tx } from "@/lib/merchants/scope";
import type { Codes } from "@/lib/terms/schema";
import { codeFrom, DEFAULT_PATTERN, TEST_PATTERN } from "../rules";
import { warnIfLow } from "./warn-if-low";

type Owner = { id: string; customerId: string };

/**
 * Gives a reward its coupon: a code made to a pattern, or the next one of a pool. A reward that had
 * one before (it was reversed and reinstated) gets the same again. Codes of a pool are never
 * waited for: one that another transaction is about to take is passed over, so none is taken twice.
 * Test mode makes codes up instead of spending the shop's.
 * @returns the code; null when the pool has none
 */
export async function takeCode(
  tx: Tx,
  reward: Owner,
  codes: Codes | undefined,
): Promise<string | null> {
  const { db, merchantId } = tx;
  const existing = await db.coupon.findUnique({
    where: { merchantId_rewardId: { merchantId, rewardId: reward.id } },
  });
  if (existing) {
    await db.coupon.update({
      where: { merchantId_code: { merchantId, code: existing.code } },
      data: { voidedAt: null },
    });
    return existing.code;
  }
  if (codes?.kind === "pool" && !tx.isSandbox) return fromPool(tx, reward, codes.poolId);
  const pattern = codes?.kind === "pool" ? TEST_PATTERN : (codes?.pattern ?? DEFAULT_PATTERN);
  // 30 random bits a code at least: a collision within a merchant is a curiosity, and the insert
  // says so without failing.
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const code = codeFrom(pattern);
    if (await write(tx, reward, code)) return code;
  }
  throw new Error(`no free coupon code of the pattern ${pattern} in eight tries`);
}

async function fromPool(tx: Tx, reward: Owner, poolId: string): Promise<string | null> {
  const { db, merchantId } = tx;
  // Again only for a code that was issued by other means since it was uploaded; each try uses
  // one up.
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const [taken] = await db.$queryRaw<{ code: string }[]>`
      UPDATE coupon_pool_code SET reward_id = ${reward.id}, taken_at = ${scopeNow(tx)}
      WHERE merchant_id = ${merchantId} AND code = (
        SELECT code FROM coupon_pool_code
        WHERE merchant_id = ${merchantId} AND pool_id = ${poolId} AND taken_at IS NULL
        ORDER BY code LIMIT 1 FOR UPDATE SKIP LOCKED
      )
      RETURNING code`;
    await warnIfLow(tx, poolId);
    if (!taken) return null;
    if (await write(tx, reward, taken.code)) return taken.code;
  }
  return null;
}

async function write(tx: Tx, reward: Owner, code: string): Promise<boolean> {
  const { count } = await tx.db.coupon.createMany({
    data: [
      {
        merchantId: tx.merchantId,
        code,
        rewardId: reward.id,
        customerId: reward.customerId,
        issuedAt: scopeNow(tx),
      },
    ],
    skipDuplicates: true,
  });
  return count === 1;
}
