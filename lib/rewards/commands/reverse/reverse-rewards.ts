import { type Db, Prisma } from "@/lib/core/db";
import { inScope, type Scope } from "@/lib/merchants/scope";
import type { ReversalReason } from "../../schema";
import { lockReward } from "../lock-reward";
import { REVERSIBLE, reverseWhole } from "./reverse-reward";

/** Voids or reverses every reward of a referral that was rejected. */
export async function reverseForReferral(
  scope: Scope,
  referralId: string,
  cause: { key: string; at: Date },
): Promise<void> {
  await inScope(scope, async (tx) => {
    const rows = await lockReversible(
      tx.db,
      Prisma.sql`merchant_id = ${tx.merchantId} AND referral_id = ${referralId}`,
    );
    for (const { id } of rows) {
      const reward = await lockReward(tx.db, tx.merchantId, id);
      await reverseWhole(tx, reward, { because: "referral_rejected" }, cause);
    }
  });
}

/**
 * Voids or reverses a reward because what it rested on is no more. One of which nothing is left
 * stays as it is.
 * @param cause what is behind it, unique per cause: the ledger refuses a second movement for it
 */
export async function reverseReward(
  scope: Scope,
  rewardId: string,
  because: ReversalReason,
  cause: { key: string; at: Date },
): Promise<void> {
  await inScope(scope, async (tx) => {
    const reward = await lockReward(tx.db, tx.merchantId, rewardId);
    await reverseWhole(tx, reward, { because }, cause);
  });
}

/** All of them before the first one's budget: whoever holds a budget waits for no reward. */
async function lockReversible(db: Db, where: Prisma.Sql): Promise<{ id: string }[]> {
  return db.$queryRaw<{ id: string }[]>`
    SELECT id FROM reward WHERE ${where} AND state = ANY(${[...REVERSIBLE]}::text[])
    ORDER BY id FOR NO KEY UPDATE`;
}
