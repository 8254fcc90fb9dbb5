import { dateInZone, startOfDateInZone } from "@/lib/core/time";
import { shiftDay } from "@/lib/core/values/day";
import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { yearsLater } from "../rules";

/** As long as badges count: see the rule's schema. */
const LONGEST_YEARS = 50;

/**
 * Notes everyone whose day of joining came round since the sweep was here last, once per day of the
 * merchant's zone. A day that the process slept through is made up for; who is noted without reason
 * is only looked at.
 * @returns how many were noted
 */
export async function noteAnniversaries(scope: Scope): Promise<number> {
  return inScope(scope, async ({ db, lock, merchantId, timeZone }) => {
    await lock.sweeps(merchantId);
    const [sweep] = await db.$queryRaw<{ done: string | null }[]>`
      SELECT anniversaries_done::text AS done FROM loyalty_sweep
      WHERE merchant_id = ${merchantId}`;
    if (!sweep?.done) return 0;
    const today = dateInZone(scopeNow(scope), timeZone);
    const first = shiftDay(sweep.done, 1);
    let noted = 0;
    if (first <= today) {
      for (let years = 1; years <= LONGEST_YEARS; years += 1) {
        // 29 February has its day on 1 March: the range of 1 March in a common year begins a day
        // early.
        const from = startOfDateInZone(shiftDay(yearsLater(first, -years), -1), timeZone);
        const until = startOfDateInZone(shiftDay(yearsLater(today, -years), 1), timeZone);
        noted += await db.$executeRaw`
          INSERT INTO loyalty_due (merchant_id, customer_id, noted_in, why)
          SELECT DISTINCT merchant_id, customer_id, pg_current_xact_id()::text::bigint, 'facts'
            FROM advocate
          WHERE merchant_id = ${merchantId} AND joined_at >= ${from} AND joined_at < ${until}
          ON CONFLICT DO NOTHING`;
      }
    }
    await db.$executeRaw`
      UPDATE loyalty_sweep SET anniversaries_done = ${today}::date,
        next_at = ${startOfDateInZone(shiftDay(today, 1), timeZone)}
      WHERE merchant_id = ${merchantId}`;
    return noted;
  });
}

/**
 * Begins or ends the daily look for anniversaries, as badges ask for it. What came before is the
 * recount's.
 */
export async function watchAnniversaries(tx: Tx, wanted: boolean): Promise<void> {
  const today = wanted ? dateInZone(scopeNow(tx), tx.timeZone) : null;
  const nextAt = today === null ? null : startOfDateInZone(shiftDay(today, 1), tx.timeZone);
  await tx.db.$executeRaw`
    INSERT INTO loyalty_sweep (merchant_id, anniversaries_done, next_at)
      VALUES (${tx.merchantId}, ${today}::date, ${nextAt})
    ON CONFLICT (merchant_id) DO UPDATE SET
      anniversaries_done = CASE WHEN ${wanted}
        THEN COALESCE(loyalty_sweep.anniversaries_done, ${today}::date) END,
      next_at = CASE WHEN ${wanted} THEN COALESCE(loyalty_sweep.next_at, ${nextAt}) END`;
}
