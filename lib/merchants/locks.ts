import type { Db } from "@/lib/core/db";
import { type LockKind, lockRank } from "@/lib/core/statements/lock-order";
import { assert } from "@/lib/core/errors";

/**
 * Locks of a transaction, held until it ends. All at once and in the order of ids: so two
 * transactions over the same rows never wait for each other. Ids that are not there lock nothing.
 */
export type Locks = {
  /** What several customers may share, by names as `sharedName` makes them. */
  shared(names: readonly string[]): Promise<void>;
  customers(...ids: string[]): Promise<void>;
  referrals(...ids: string[]): Promise<void>;
  rewards(...ids: string[]): Promise<void>;
  /** The budgets of programs, by the programs' ids. */
  budgets(...programIds: string[]): Promise<void>;
  advocates(...ids: string[]): Promise<void>;
  /** Notes that a statement of one's own has locked rows of this kind. */
  took(kind: LockKind, ids: readonly string[]): void;
};

/** Whether the order is checked: in tests. */
const isChecked = process.env.NODE_ENV === "test";

export function locksOf(db: Db, merchantId: string): Locks {
  const held = new Map<LockKind, Set<string>>();
  const took = (kind: LockKind, ids: readonly string[]): void => {
    const known = held.get(kind) ?? new Set();
    if (isChecked) checkOrder(held, kind, ids);
    for (const id of ids) known.add(id);
    held.set(kind, known);
  };
  const lock = async (kind: LockKind, ids: readonly string[], work: (ids: string[]) => unknown) => {
    const missing = [...new Set(ids)].filter((id) => !held.get(kind)?.has(id)).sort();
    if (missing.length === 0) return;
    took(kind, missing);
    await work(missing);
  };
  return {
    took,
    shared: (names) =>
      lock(
        "shared",
        names,
        (missing) => db.$executeRaw`
          SELECT pg_advisory_xact_lock(hashtextextended(name, 0))
          FROM unnest(${missing}::text[]) AS name`,
      ),
    customers: (...ids) =>
      lock(
        "customer",
        ids,
        (missing) => db.$queryRaw`
          SELECT 1 FROM customer WHERE merchant_id = ${merchantId} AND id = ANY(${missing}::text[])
          ORDER BY id FOR NO KEY UPDATE`,
      ),
    referrals: (...ids) =>
      lock(
        "referral",
        ids,
        (missing) => db.$queryRaw`
          SELECT 1 FROM referral WHERE merchant_id = ${merchantId} AND id = ANY(${missing}::text[])
          ORDER BY program_id, id FOR NO KEY UPDATE`,
      ),
    rewards: (...ids) =>
      lock(
        "reward",
        ids,
        (missing) => db.$queryRaw`
          SELECT 1 FROM reward WHERE merchant_id = ${merchantId} AND id = ANY(${missing}::text[])
          ORDER BY id FOR NO KEY UPDATE`,
      ),
    budgets: (...ids) =>
      lock(
        "budget",
        ids,
        (missing) => db.$queryRaw`
          SELECT 1 FROM program_budget
          WHERE merchant_id = ${merchantId} AND program_id = ANY(${missing}::text[])
          ORDER BY program_id FOR NO KEY UPDATE`,
      ),
    advocates: (...ids) =>
      lock(
        "advocate",
        ids,
        (missing) => db.$queryRaw`
          SELECT 1 FROM advocate WHERE merchant_id = ${merchantId} AND id = ANY(${missing}::text[])
          ORDER BY id FOR NO KEY UPDATE`,
      ),
  };
}

/** @throws when rows of a later kind are held already, and these are not */
function checkOrder(
  held: ReadonlyMap<LockKind, ReadonlySet<string>>,
  kind: LockKind,
  ids: readonly string[],
): void {
  if (ids.every((id) => held.get(kind)?.has(id))) return;
  for (const [other, rows] of held)
    assert(
      rows.size === 0 || lockRank(other) <= lockRank(kind),
      `a ${kind} is locked while a lock of a later kind is held: ${other}`,
    );
}
