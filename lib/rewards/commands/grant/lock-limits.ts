import { Prisma } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
import { groupedBy } from "@/lib/core/collections/grouped-by";
import {
  accountLocks,
  balancesIn,
  lockAccounts,
  type LockedAccounts,
} from "@/lib/ledger/commands/lock-accounts";
import { noteBalances } from "@/lib/ledger/commands/post-transfers";
import { accountId, type AccountRef } from "@/lib/ledger/rules/accounts";
import type { Tx } from "@/lib/merchants/scope";
import { type LimitUse, limitUse, patternsOf } from "../../rules/limit-use";
import { isLimited } from "../../rules/limits";
import type { GrantWanted } from "../../rules/settle";
import { readCapUse } from "./cap-use";
import { countedRows, countedSoFar } from "./counters";

type Locked = LockedAccounts & {
  budgets: { id: string; rewards: number; costMinor: string }[];
  advocates: { id: string; rewards: number }[];
};

/**
 * Locks what rewards count against, the budgets of their programs first and then the advocates, and
 * after those the accounts, if any; with one statement. Rows that are locked come in their newest
 * version: whoever comes second sees what the first used. What caps leave is counted from the
 * rewards themselves, in the statement after that.
 * @returns what is used of the limits of each program; nothing is locked or read where no rule is
 * limited and no account is asked for
 * @throws DomainError not_found for a program or advocate that is not there
 */
export async function lockLimits(
  tx: Tx,
  wanted: readonly GrantWanted[],
  accounts: readonly AccountRef[],
): Promise<ReadonlyMap<string, LimitUse>> {
  const limited = wanted.filter(({ due, to }) => isLimited(to.terms, due.rule));
  if (limited.length === 0 && accounts.length === 0) return new Map();
  const { budgets, advocates } = await lockRows(tx, wanted, accounts);
  const isComplete = limited.every(
    ({ to }) => budgets.has(to.programId) && advocates.has(to.advocateId),
  );
  if (!isComplete) throw notFound("program");
  const uses = new Map<string, LimitUse>();
  for (const [programId, theirs] of groupedBy(limited, ({ to }) => to.programId)) {
    const { rewards, costMinor } = budgets.get(programId)!;
    const own = countedSoFar(tx, programId);
    const patterns = patternsOf(theirs.map(({ due, to }) => ({ terms: to.terms, rule: due.rule })));
    uses.set(
      programId,
      limitUse(patterns, tx.timeZone, {
        rewards: rewards + own.rewards,
        costMinor: costMinor + own.costMinor,
        advocates,
      }),
    );
  }
  await readCapUse(tx, limited, uses);
  return uses;
}

async function lockRows(tx: Tx, wanted: readonly GrantWanted[], accounts: readonly AccountRef[]) {
  const { merchantId } = tx;
  const counted = countedRows(tx);
  // Also those that are only counted up at the end: after an account, nobody waits for them.
  const programs = unique([...wanted.map(({ to }) => to.programId), ...counted.programIds]);
  const advocates = unique([...wanted.map(({ to }) => to.advocateId), ...counted.advocateIds]);
  tx.lock.took("budget", programs);
  tx.lock.took("advocate", advocates);
  tx.lock.took("account", accounts.map(accountId));
  const { with: locks, columns } = accountLocks(tx, accounts);
  const [found] = await tx.dbBefore.$queryRaw<[Locked]>(Prisma.sql`
    WITH budgets AS (
      SELECT program_id AS id, rewards, cost_minor::text AS "costMinor" FROM program_budget
      WHERE merchant_id = ${merchantId} AND program_id = ANY(${programs}::text[])
      ORDER BY program_id FOR NO KEY UPDATE
    ), advocates AS (
      SELECT id, reward_count AS rewards FROM advocate
      WHERE merchant_id = ${merchantId} AND id = ANY(${advocates}::text[])
      ORDER BY id FOR NO KEY UPDATE
    ), ${locks}
    SELECT (SELECT COALESCE(json_agg(b), '[]') FROM budgets b) AS budgets,
      (SELECT COALESCE(json_agg(a), '[]') FROM advocates a) AS advocates, ${columns}`);
  if (accounts.length > 0)
    noteBalances(tx, balancesIn(found) ?? (await lockAccounts(tx, accounts)));
  return {
    budgets: new Map(
      found.budgets.map(({ id, rewards, costMinor }) => [
        id,
        { rewards, costMinor: BigInt(costMinor) },
      ]),
    ),
    advocates: new Map(
      found.advocates.map(({ id, rewards }) => [
        id,
        rewards + (counted.advocateRewards.get(id) ?? 0),
      ]),
    ),
  };
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
