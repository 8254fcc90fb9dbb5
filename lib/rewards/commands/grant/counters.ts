import type { Db } from "@/lib/core/db";
import { atEnd, type Tx } from "@/lib/merchants/scope";

/**
 * Counters that many grants share, a row for the program's budget and one for the advocate: see
 * `lib/merchants/scope.ts`, atEnd.
 */
type Counts = {
  programs: Map<string, { rewards: number; costMinor: bigint }>;
  advocates: Map<string, { rewards: number; friends: number; qualifiedAt: Date | null }>;
};

const waiting = new WeakMap<Db, Counts>();

/**
 * Counts a grant against its program and, on the advocate's side, the advocate; written at the end
 * of the transaction.
 */
export function countGrant(
  scope: Tx,
  grant: { programId: string; advocateId: string | null; costMinor: bigint },
): void {
  const counts = countsOf(scope);
  const program = counts.programs.get(grant.programId) ?? { rewards: 0, costMinor: 0n };
  counts.programs.set(grant.programId, {
    rewards: program.rewards + 1,
    costMinor: program.costMinor + grant.costMinor,
  });
  if (grant.advocateId) {
    const advocate = advocateIn(counts, grant.advocateId);
    counts.advocates.set(grant.advocateId, { ...advocate, rewards: advocate.rewards + 1 });
  }
}

/**
 * Counts a friend who qualified for an advocate, or, with -1, one who no longer is; written at the
 * end of the transaction.
 */
export function countQualified(
  tx: Tx,
  { advocateId, by, at }: { advocateId: string; by: 1 | -1; at: Date },
): void {
  const counts = countsOf(tx);
  const advocate = advocateIn(counts, advocateId);
  counts.advocates.set(advocateId, {
    ...advocate,
    friends: advocate.friends + by,
    qualifiedAt: by === 1 ? at : advocate.qualifiedAt,
  });
}

/**
 * Writes what has been counted in this transaction: programs first, then advocates, each in the
 * order of their ids.
 * @param lockProgram a program whose row is to be locked in its turn, counted or not: who asks its
 * limits stands in line there
 */
export async function writeCounts({ db, merchantId }: Tx, lockProgram?: string): Promise<void> {
  const counts = waiting.get(db);
  waiting.delete(db);
  const programs = new Map<string, { rewards: number; costMinor: bigint } | null>(counts?.programs);
  if (lockProgram !== undefined && !programs.has(lockProgram)) programs.set(lockProgram, null);
  for (const [programId, counted] of inIdOrder(programs)) {
    if (counted) {
      await db.$executeRaw`
        UPDATE program_budget
        SET rewards = rewards + ${counted.rewards}, cost_minor = cost_minor + ${counted.costMinor}
        WHERE merchant_id = ${merchantId} AND program_id = ${programId}`;
    } else {
      await db.$queryRaw`
        SELECT 1 FROM program_budget
        WHERE merchant_id = ${merchantId} AND program_id = ${programId} FOR NO KEY UPDATE`;
    }
  }
  for (const [advocateId, { rewards, friends, qualifiedAt }] of inIdOrder(counts?.advocates)) {
    await db.$executeRaw`
      UPDATE advocate
      SET reward_count = reward_count + ${rewards}, qualified_count = qualified_count + ${friends},
        qualified_at = COALESCE(${qualifiedAt}, qualified_at)
      WHERE merchant_id = ${merchantId} AND id = ${advocateId}`;
  }
}

/** One order for all, so that two transactions over the same rows never wait for each other. */
function inIdOrder<Count>(counts: ReadonlyMap<string, Count> = new Map()): [string, Count][] {
  return [...counts].sort(([left], [right]) => (left < right ? -1 : 1));
}

function countsOf(scope: Tx): Counts {
  const counted = waiting.get(scope.db);
  if (counted) return counted;
  const counts: Counts = { programs: new Map(), advocates: new Map() };
  waiting.set(scope.db, counts);
  atEnd(scope, "counts", () => writeCounts(scope));
  return counts;
}

function advocateIn(counts: Counts, advocateId: string) {
  return counts.advocates.get(advocateId) ?? { rewards: 0, friends: 0, qualifiedAt: null };
}
