import { assert } from "@/lib/core/errors";
import type { Asset } from "@/lib/core/money";
import { accountId, type AccountRef } from "@/lib/ledger/rules/accounts";
import type { Tx } from "@/lib/merchants/scope";
import { type LoadedReward, lockReward, lockRewards } from "../lock-reward";

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
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    // Reversed in the meantime: a reward is never locked after an account.
    const locked = await tx.lock.attempt(() => lockConcerned(tx, lock));
    if (locked === null) continue;
    const rewards = new Map<string, LoadedReward>();
    for (const id of locked) rewards.set(id, await lockReward(tx, id));
    return rewards;
  }
  assert(false, "a return waits for the reversals of one customer");
}

/** @returns the ids of the rewards; null when others came to be concerned meanwhile */
async function lockConcerned(tx: Tx, lock: ReturnLock): Promise<ReadonlySet<string> | null> {
  const rows = await rewardsConcerned(tx, lock);
  await lockRewards(
    tx,
    rows.map(({ id }) => id),
  );
  const programs = [...new Set(rows.map(({ programId }) => programId))];
  await tx.lock.budgets(...programs);
  await tx.lock.accounts(...accountsOf(lock, programs));
  const locked = new Set(rows.map(({ id }) => id));
  const concerned = await rewardsConcerned(tx, lock);
  return concerned.every(({ id }) => locked.has(id)) ? locked : null;
}

function rewardsConcerned(
  { db, merchantId }: Tx,
  { customerId, asset, rewardIds = [] }: ReturnLock,
): Promise<{ id: string; programId: string }[]> {
  return db.$queryRaw`
    SELECT id, program_id AS "programId" FROM reward
    WHERE merchant_id = ${merchantId} AND (id = ANY(${[...rewardIds]}::text[])
      OR (customer_id = ${customerId} AND asset = ${asset}
        AND (reversed_minor > 0 OR withheld_minor > 0)))`;
}

function accountsOf(
  { customerId, asset, accounts }: ReturnLock,
  programs: readonly string[],
): string[] {
  return [
    ...accounts,
    { kind: "available", ownerId: customerId, asset } as const,
    { kind: "owed", ownerId: customerId, asset } as const,
    ...programs.map((ownerId) => ({ kind: "funding", ownerId, asset }) as const),
  ].map(accountId);
}
