import { defineWrite } from "@/lib/core/statements/pending-writes";
import { Prisma } from "@/lib/core/db";
import { gathered, type Tx } from "@/lib/merchants/scope";

/**
 * Counters that many grants share, a row for the program's budget and one for the advocate: see
 * `lib/merchants/scope.ts`, gathered.
 */
type Counts = {
  programs: Map<string, { rewards: number; costMinor: bigint }>;
  advocates: Map<string, { rewards: number; friends: number; qualifiedAt: Date | null }>;
};

/**
 * Counts a grant against its program and, on the advocate's side, the advocate; written at the end
 * of the transaction.
 */
export function countGrant(
  tx: Tx,
  grant: { programId: string; advocateId: string | null; costMinor: bigint },
): void {
  const counts = countsOf(tx);
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

/** What this transaction has counted for a program so far, which its row does not have yet. */
export function countedSoFar(tx: Tx, programId: string): { rewards: number; costMinor: bigint } {
  return countsOf(tx).programs.get(programId) ?? { rewards: 0, costMinor: 0n };
}

/** The rows that this transaction has counted for, and the rewards of advocates. */
export function countedRows(tx: Tx): {
  programIds: string[];
  advocateIds: string[];
  advocateRewards: ReadonlyMap<string, number>;
} {
  const { programs, advocates } = countsOf(tx);
  return {
    programIds: [...programs.keys()],
    advocateIds: [...advocates.keys()],
    advocateRewards: new Map([...advocates].map(([id, { rewards }]) => [id, rewards])),
  };
}

function countsOf(tx: Tx): Counts {
  return gathered<Counts>(
    tx,
    "counts",
    () => ({ programs: new Map(), advocates: new Map() }),
    async ({ programs, advocates }) => {
      tx.later(addToBudgets, ...[...programs].map(([id, counted]) => ({ id, ...counted })));
      tx.later(addToAdvocates, ...[...advocates].map(([id, counted]) => ({ id, ...counted })));
    },
  );
}

function advocateIn(counts: Counts, advocateId: string) {
  return counts.advocates.get(advocateId) ?? { rewards: 0, friends: 0, qualifiedAt: null };
}

const addToBudgets = defineWrite<{ id: string; rewards: number; costMinor: bigint }>({
  name: "budget_counts",
  locks: "budget",
  sql: (rows, merchantId) => Prisma.sql`
    UPDATE program_budget b
    SET rewards = b.rewards + n.rewards, cost_minor = b.cost_minor + n.cost
    FROM (
      SELECT o.program_id, n.rewards, n."costMinor" AS cost
      FROM json_to_recordset(${rows}) AS n (id text, rewards int, "costMinor" bigint)
      JOIN program_budget o ON o.merchant_id = ${merchantId} AND o.program_id = n.id
      ORDER BY o.program_id FOR NO KEY UPDATE OF o
    ) n
    WHERE b.merchant_id = ${merchantId} AND b.program_id = n.program_id RETURNING 1`,
});

const addToAdvocates = defineWrite<{
  id: string;
  rewards: number;
  friends: number;
  qualifiedAt: Date | null;
}>({
  name: "advocate_counts",
  locks: "advocate",
  sql: (rows, merchantId) => Prisma.sql`
    UPDATE advocate a
    SET reward_count = a.reward_count + n.rewards, qualified_count = a.qualified_count + n.friends,
      qualified_at = COALESCE(n.at, a.qualified_at)
    FROM (
      SELECT o.id, n.rewards, n.friends, n."qualifiedAt" AS at
      FROM json_to_recordset(${rows})
        AS n (id text, rewards int, friends int, "qualifiedAt" timestamptz)
      JOIN advocate o ON o.merchant_id = ${merchantId} AND o.id = n.id
      ORDER BY o.id FOR NO KEY UPDATE OF o
    ) n
    WHERE a.merchant_id = ${merchantId} AND a.id = n.id RETURNING 1`,
});
