import { prismaFor } from "@/lib/core/db";
import { log } from "@/lib/core/log";
import { noteAnniversaries } from "@/lib/loyalty/badges/commands/note-anniversaries";
import { noteNextOfRecount } from "@/lib/loyalty/commands";
import { systemScope } from "@/lib/merchants/directory";
import type { WorkFilter } from "../due";

/** How many customers one round looks at. */
const BATCH = 500;

type Due = { merchantId: string; id: string };

/**
 * Whose standing is to be looked at: what was noted, oldest first, and tiers whose time comes by
 * their merchant's clock.
 */
export async function dueLoyalty({ merchantId }: WorkFilter): Promise<Due[]> {
  const only = merchantId ?? null;
  return prismaFor("goodword_gate").$queryRaw<Due[]>`
    WITH noted AS (
      SELECT merchant_id, customer_id FROM loyalty_due WHERE ${only}::text IS NULL OR merchant_id = ${only}
      ORDER BY noted_in LIMIT ${BATCH}
    ), due AS (
      SELECT merchant_id, customer_id, review_at FROM customer_tier WHERE review_at <= now()
      UNION
      -- Sandboxes whose clock was moved. Apart, so that the index tells what is due for all others.
      SELECT s.merchant_id, s.customer_id, s.review_at FROM merchant m JOIN customer_tier s ON s.merchant_id = m.id
      WHERE m.clock_offset_ms > 0 AND s.review_at <= now() + m.clock_offset_ms * interval '1 millisecond'
    ), first_due AS (
      SELECT merchant_id, customer_id FROM due WHERE ${only}::text IS NULL OR merchant_id = ${only} ORDER BY review_at LIMIT ${BATCH}
    )
    SELECT merchant_id AS "merchantId", customer_id AS id FROM (TABLE noted UNION TABLE first_due) d`;
}

/**
 * Goes on with what a merchant's definitions ask for: counting everybody anew, and looking for
 * anniversaries. @returns how many were noted
 */
export async function sweepLoyalty({ merchantId }: WorkFilter = {}): Promise<number> {
  const only = merchantId ?? null;
  const due = await prismaFor("goodword_gate").$queryRaw<
    { merchantId: string; recounts: boolean }[]
  >`
    SELECT s.merchant_id AS "merchantId", s.recount_after IS NOT NULL AS recounts
    FROM loyalty_sweep s JOIN merchant m ON m.id = s.merchant_id
    WHERE (s.recount_after IS NOT NULL OR s.next_at <= now() + m.clock_offset_ms * interval '1 millisecond')
      AND (${only}::text IS NULL OR s.merchant_id = ${only})`;
  let noted = 0;
  for (const { merchantId, recounts } of due) {
    const scope = await systemScope(merchantId);
    try {
      noted += await noteAnniversaries(scope);
      if (recounts) noted += await noteNextOfRecount(scope);
    } catch (error) {
      log.error({ err: error, merchantId }, "a sweep over standings failed");
    }
  }
  return noted;
}
