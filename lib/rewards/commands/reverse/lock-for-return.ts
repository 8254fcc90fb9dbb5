import { Prisma } from "@/lib/core/db";
import { assert } from "@/lib/core/errors";
import type { Asset } from "@/lib/core/money";
import { accountId, type AccountRef } from "@/lib/ledger/rules/accounts";
import type { Tx } from "@/lib/merchants/scope";
import { type LoadedReward, lockReward } from "../lock-reward";

/** How often others may reverse something between two looks before this gives up. */
const MOST_TRIES = 20;

/** What is locked for something that comes back to a customer. */
export type ReturnLock = {
  customerId: string;
  asset: Asset;
  /** Rewards to lock in any case, in one order with the others. */
  rewardIds?: readonly string[];
  /** Accounts that are moved besides the customer's balance. */
  accounts: readonly AccountRef[];
};

/**
 * Locks what a return to a customer's balance may have to do with: their rewards of which something
 * was reversed or withheld, the budgets of those, and the accounts, in the order in which everybody
 * locks them. A reversal that was under way meanwhile is waited for and seen.
 * @returns the rewards, by id
 */
export async function lockForReturn(
  tx: Tx,
  lock: ReturnLock,
): Promise<ReadonlyMap<string, LoadedReward>> {
  const { db, merchantId } = tx;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    await db.$executeRaw`SAVEPOINT return_lock`;
    const rows = await rewardsConcerned(tx, lock, Prisma.sql`FOR NO KEY UPDATE`);
    const programs = [...new Set(rows.map(({ programId }) => programId))];
    await db.$queryRaw`
      SELECT 1 FROM program_budget
      WHERE merchant_id = ${merchantId} AND program_id = ANY(${programs}::text[])
      ORDER BY program_id FOR NO KEY UPDATE`;
    await lockAccounts(tx, lock, programs);
    const locked = new Set(rows.map(({ id }) => id));
    const concerned = await rewardsConcerned(tx, lock, Prisma.empty);
    if (concerned.every(({ id }) => locked.has(id))) {
      const rewards = new Map<string, LoadedReward>();
      for (const id of locked) rewards.set(id, await lockReward(db, merchantId, id));
      return rewards;
    }
    // Reversed in the meantime: a reward is never locked after an account.
    await db.$executeRaw`ROLLBACK TO SAVEPOINT return_lock`;
  }
  assert(false, "a return waits for the reversals of one customer");
}

function rewardsConcerned(
  { db, merchantId }: Tx,
  { customerId, asset, rewardIds = [] }: ReturnLock,
  locking: Prisma.Sql,
): Promise<{ id: string; programId: string }[]> {
  return db.$queryRaw`
    SELECT id, program_id AS "programId" FROM reward
    WHERE merchant_id = ${merchantId} AND (id = ANY(${[...rewardIds]}::text[])
      OR (customer_id = ${customerId} AND asset = ${asset}
        AND (reversed_minor > 0 OR withheld_minor > 0)))
    ORDER BY id ${locking}`;
}

async function lockAccounts(
  { db, merchantId }: Tx,
  { customerId, asset, accounts }: ReturnLock,
  programs: readonly string[],
): Promise<void> {
  const ids = [
    ...accounts,
    { kind: "available", ownerId: customerId, asset } as const,
    { kind: "owed", ownerId: customerId, asset } as const,
    ...programs.map((ownerId) => ({ kind: "funding", ownerId, asset }) as const),
  ].map(accountId);
  await db.$queryRaw`
    SELECT 1 FROM ledger_account WHERE merchant_id = ${merchantId} AND id = ANY(${ids}::text[])
    ORDER BY id FOR NO KEY UPDATE`;
}
