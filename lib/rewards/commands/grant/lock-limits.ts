import { Prisma } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
import type { Tx } from "@/lib/merchants/scope";
import type { Rule, Terms } from "@/lib/terms/schema";
import {
  type AppliedCap,
  capPeriod,
  capsOf,
  type Limits,
  limitsOf,
  type Used,
} from "../../rules/limits";
import { countedSoFar } from "./counters";

/** What a reward would count against. */
export type Counted = {
  programId: string;
  /** Null for the friend's side: it counts against no advocate's cap. */
  advocateId: string | null;
  customerId: string;
  /** Whose referral it is, whichever side the reward is on. */
  advocate: string;
  at: Date;
};

/**
 * Reads what has been used of a rule's limits, with the program's budget row locked first and then
 * the advocate's: whoever comes second sees what the first used, of the caps as well, which are
 * counted from the rewards themselves.
 */
export async function lockLimits(
  tx: Tx,
  terms: Terms,
  rule: Rule,
  counted: Counted,
): Promise<Limits> {
  const { db, merchantId } = tx;
  await tx.lock.budgets(counted.programId);
  await tx.lock.advocates(counted.advocate);
  const advocate = await db.advocate.findUnique({
    where: { merchantId_id: { merchantId, id: counted.advocate } },
    select: { rewardCount: true },
  });
  const budget = await db.programBudget.findUnique({
    where: { merchantId_programId: { merchantId, programId: counted.programId } },
    select: { rewards: true, costMinor: true },
  });
  if (!advocate || !budget) throw notFound("program");
  const own = countedSoFar(tx, counted.programId, counted.advocate);
  const caps: Used[] = [];
  for (const applied of capsOf(terms, rule)) caps.push(await usedOf(tx, applied, rule, counted));
  return limitsOf(terms, rule, {
    advocateRewards:
      counted.advocateId === null ? null : advocate.rewardCount + own.advocateRewards,
    programRewards: budget.rewards + own.program.rewards,
    programCostMinor: budget.costMinor + own.program.costMinor,
    caps,
  });
}

/**
 * What stands of a cap's rewards in its period, by when they were earned. What was given without a
 * rule counts against none.
 */
async function usedOf(
  tx: Tx,
  { cap, over }: AppliedCap,
  rule: Rule,
  counted: Counted,
): Promise<Used> {
  const { from, until } = capPeriod(cap.per, counted.at, tx.timeZone);
  const where = [
    Prisma.sql`r.merchant_id = ${tx.merchantId} AND r.program_id = ${counted.programId}`,
    over === "rule" ? Prisma.sql`r.rule_id = ${rule.id}` : Prisma.sql`r.source = 'rule'`,
    Prisma.sql`r.state NOT IN ('voided', 'reversed')`,
    ...(cap.who === "person" ? [Prisma.sql`r.customer_id = ${counted.customerId}`] : []),
    ...(from && until ? [Prisma.sql`r.earned_at >= ${from} AND r.earned_at < ${until}`] : []),
  ];
  const [used] = await tx.db.$queryRaw<[Used]>`
    SELECT count(*)::int AS rewards, COALESCE(sum(r.cost_minor), 0)::bigint AS "costMinor"
    FROM reward r WHERE ${Prisma.join(where, " AND ")}`;
  return used;
}
