import { Prisma } from "@/lib/core/db";
import { inScope, type Scope, type Tx } from "@/lib/merchants/scope";
import type { ReversalReason } from "../../schema";
import { lockReward, lockRewards } from "../lock-reward";
import { REVERSIBLE, reverseWhole } from "./reverse-reward";

/**
 * Locks the rewards of referrals of which several may be rejected: all before one is reversed.
 */
export async function lockForReversal(tx: Tx, referralIds: readonly string[]): Promise<void> {
  if (referralIds.length > 1)
    await lockReversible(
      tx,
      Prisma.sql`merchant_id = ${tx.merchantId}
        AND referral_id = ANY(${[...referralIds]}::text[])`,
    );
}

/** Voids or reverses every reward of a referral that was rejected. */
export async function reverseForReferral(
  scope: Scope,
  referralId: string,
  cause: { key: string; at: Date },
): Promise<void> {
  await inScope(scope, async (tx) => {
    const rows = await lockReversible(
      tx,
      Prisma.sql`merchant_id = ${tx.merchantId} AND referral_id = ${referralId}`,
    );
    for (const { id } of rows) {
      const reward = await lockReward(tx, id);
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
    const reward = await lockReward(tx, rewardId);
    await reverseWhole(tx, reward, { because }, cause);
  });
}

async function lockReversible(tx: Tx, where: Prisma.Sql): Promise<{ id: string }[]> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM reward WHERE ${where} AND state = ANY(${[...REVERSIBLE]}::text[]) ORDER BY id`;
  await lockRewards(
    tx,
    rows.map(({ id }) => id),
  );
  return rows;
}
