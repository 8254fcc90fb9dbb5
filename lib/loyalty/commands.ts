import { inScope, type Scope, type Tx } from "@/lib/merchants/scope";

/** How many customers a sweep notes at a time. */
const BATCH = 2_000;

/**
 * Has the tier and badges of every customer updated in the background, as a definition changed.
 */
export async function recountEverybody(tx: Tx): Promise<void> {
  await tx.db.$executeRaw`
    INSERT INTO loyalty_sweep (merchant_id, recount_after) VALUES (${tx.merchantId}, '')
    ON CONFLICT (merchant_id) DO UPDATE SET recount_after = ''`;
}

/**
 * Notes the next customers of a recount, in the order of their ids; a recount that is started again
 * meanwhile starts from the first.
 * @returns how many were noted
 */
export async function noteNextOfRecount(scope: Scope): Promise<number> {
  return inScope(scope, async ({ db, lock, merchantId }) => {
    await lock.sweeps(merchantId);
    const [sweep] = await db.$queryRaw<{ after: string | null }[]>`
      SELECT recount_after AS after FROM loyalty_sweep WHERE merchant_id = ${merchantId}`;
    if (sweep?.after === undefined || sweep.after === null) return 0;
    const noted = await db.$queryRaw<{ id: string }[]>`
      WITH next AS (
        SELECT id FROM customer WHERE merchant_id = ${merchantId} AND id > ${sweep.after}
          ORDER BY id LIMIT ${BATCH}
      ), noted AS (
        INSERT INTO loyalty_due (merchant_id, customer_id, noted_in, why)
        SELECT ${merchantId}, id, pg_current_xact_id()::text::bigint, 'rules' FROM next
      )
      SELECT max(id) AS id FROM next HAVING count(*) > 0`;
    await db.$executeRaw`
      UPDATE loyalty_sweep SET recount_after = ${noted[0]?.id ?? null}
        WHERE merchant_id = ${merchantId}`;
    return noted.length;
  });
}

/** Whether a recount is under way: what the dashboard shows may still change. */
export async function isRecounting(scope: Scope): Promise<boolean> {
  const [row] = await inScope(
    scope,
    ({ db }) => db.$queryRaw<{ busy: boolean }[]>`
    SELECT EXISTS (SELECT FROM loyalty_sweep WHERE merchant_id = ${scope.merchantId}
      AND recount_after IS NOT NULL)
      OR EXISTS (SELECT FROM loyalty_due WHERE merchant_id = ${scope.merchantId}
        AND why = 'rules') AS busy`,
  );
  return row?.busy === true;
}
