import { inScope, type Scope } from "@/lib/merchants/scope";

/**
 * Whatever uses codes of a pool: programs by their draft or current version, catalogue items,
 * and rewards that wait for one.
 */
export type PoolUsers = { programs: string[]; items: string[]; waiting: number };

/** Who needs a pool. Names, in order. */
export async function usersOfPool(scope: Scope, poolId: string): Promise<PoolUsers> {
  return inScope(scope, async ({ db, merchantId }) => {
    const path = `$.**.poolId ? (@ == ${JSON.stringify(poolId)})`;
    const programs = await db.$queryRaw<{ name: string }[]>`
      SELECT p.name FROM program p
      LEFT JOIN program_version v ON v.merchant_id = p.merchant_id AND v.program_id = p.id
        AND v.version = p.current_version
      WHERE p.merchant_id = ${merchantId} AND p.state <> 'ended'
        AND (jsonb_path_exists(p.draft, ${path}::jsonpath)
          OR jsonb_path_exists(v.terms, ${path}::jsonpath))
      ORDER BY p.name`;
    const items = await db.$queryRaw<{ name: string }[]>`
      SELECT COALESCE(name->>'en', id) AS name FROM catalogue_item
      WHERE merchant_id = ${merchantId} AND state = 'active'
        AND jsonb_path_exists(benefit, ${path}::jsonpath) ORDER BY 1`;
    const waiting = await db.reward.count({
      where: { merchantId, waitingPoolId: poolId, state: "available" },
    });
    return {
      programs: programs.map(({ name }) => name),
      items: items.map(({ name }) => name),
      waiting,
    };
  });
}
