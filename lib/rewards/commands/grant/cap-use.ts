import { rowsAsJson } from "@/lib/core/statements/pending-writes";
import { Prisma } from "@/lib/core/db";
import type { Tx } from "@/lib/merchants/scope";
import { countedAs, type CountedBy, type LimitUse } from "../../rules/limit-use";
import type { GrantWanted } from "../../rules/settle";
import { countedSoFar } from "./counters";

type Asked = CountedBy & { programId: string };

/**
 * Reads what stands of the rewards that caps count, by when they were earned: for all rules, people
 * and periods of some grants with one statement, and tells it to `uses`. What was given without a
 * rule counts against none.
 * @param uses by program; their budgets are locked, so that nothing is granted meanwhile
 */
export async function readCapUse(
  tx: Tx,
  limited: readonly GrantWanted[],
  uses: ReadonlyMap<string, LimitUse>,
): Promise<void> {
  const asked = new Map<string, Asked>();
  for (const one of limited) {
    const { due, to } = one;
    const { programId, terms } = to;
    for (const by of uses.get(programId)!.countedBy(terms, due.rule, countedAs(one)))
      asked.set(`${programId} ${by.key}`, { ...by, programId });
  }
  if (asked.size === 0) return;
  // What this transaction granted itself may wait to be written.
  const isOwn = limited.some(({ to }) => countedSoFar(tx, to.programId).rewards > 0);
  const rows = await (isOwn ? tx.db : tx.dbBefore).$queryRaw<
    { program: string; key: string; rewards: number; costMinor: bigint }[]
  >(questionOf(tx, [...asked.values()]));
  for (const { program, key, rewards, costMinor } of rows)
    uses.get(program)!.counted(key, { rewards, costMinor });
}

/** Each way of counting has a part of its own, which finds its rewards by an index. */
function questionOf({ merchantId }: Tx, asked: readonly Asked[]): Prisma.Sql {
  const parts = [true, false].flatMap((byRule) =>
    [true, false].flatMap((byPerson) => {
      const of = asked.filter(
        ({ ruleId, customerId }) =>
          (ruleId !== null) === byRule && (customerId !== null) === byPerson,
      );
      if (of.length === 0) return [];
      const rows = of.map(({ programId, key, ruleId, customerId, from, until }) => ({
        program: programId,
        key,
        rule: ruleId,
        person: customerId,
        from: from ?? "-infinity",
        until: until ?? "infinity",
      }));
      return [
        Prisma.sql`
          SELECT a.program, a.key, u.rewards, u.cost AS "costMinor"
          FROM json_to_recordset(${rowsAsJson(rows)}::json) AS a (program text, key text,
            rule text, person text, "from" timestamptz, until timestamptz)
          CROSS JOIN LATERAL (
            SELECT count(*)::int AS rewards, COALESCE(sum(r.cost_minor), 0)::bigint AS cost
            FROM reward r
            WHERE r.merchant_id = ${merchantId} AND r.program_id = a.program
              AND ${byRule ? Prisma.sql`r.rule_id = a.rule` : Prisma.sql`r.source = 'rule'`}
              AND ${byPerson ? Prisma.sql`r.customer_id = a.person` : Prisma.sql`true`}
              AND r.state NOT IN ('voided', 'reversed')
              AND r.earned_at >= a."from" AND r.earned_at < a.until
          ) u`,
      ];
    }),
  );
  return Prisma.join(parts, " UNION ALL ");
}
