import { inScope, type Scope } from "@/lib/merchants/scope";

/**
 * Assigns clicks that the hot path noted to the advocates whose links they followed.
 * @param limit how many notes at most
 * @returns how many notes were taken
 */
export async function assignVisits(scope: Scope, limit: number): Promise<number> {
  return inScope(scope, async ({ db, merchantId }) => {
    const [{ taken }] = await db.$queryRaw<[{ taken: number }]>`
      WITH taken AS (
        DELETE FROM visit_due WHERE merchant_id = ${merchantId} AND id IN (
          SELECT id FROM visit_due WHERE merchant_id = ${merchantId}
          ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
        RETURNING event_ids
      ), assigned AS (
        INSERT INTO advocate_due (merchant_id, advocate_id, kind, ref, noted_at)
        SELECT e.merchant_id, e.advocate_id, 'visit', e.id, e.recorded_at FROM taken t
        JOIN event e ON e.merchant_id = ${merchantId} AND e.id = ANY(t.event_ids)
        ON CONFLICT DO NOTHING
      )
      SELECT count(*)::int AS taken FROM taken`;
    return taken;
  });
}
