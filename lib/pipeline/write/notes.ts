import { Prisma } from "@/lib/core/db";
import { defineWrite } from "@/lib/core/statements/pending-writes";
import type { Tx } from "@/lib/merchants/scope";

/** Leaves notes for advocates to be written: each is looked at with all of their friends. */
export function noteAdvocates(
  tx: Tx,
  notes: readonly { advocateId: string; referralId: string }[],
): void {
  tx.later(
    advocateNotes,
    ...notes.map(({ advocateId, referralId }) => ({ advocateId, referralId })),
  );
}

const advocateNotes = defineWrite<{ advocateId: string; referralId: string }>({
  name: "advocate_notes",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`
    INSERT INTO advocate_due (merchant_id, advocate_id, kind, ref, noted_in, noted_at)
    SELECT ${merchantId}, "advocateId", 'referral', "referralId",
      pg_current_xact_id()::text::bigint, now()
    FROM json_to_recordset(${rows}) AS n ("advocateId" text, "referralId" text)
    ON CONFLICT DO NOTHING RETURNING 1`,
});

/**
 * Notes that orders changed for the advocates who have rewards of their second level for them: what
 * those are worth is settled with the advocate's own row locked.
 */
export async function noteOrders(
  { db, merchantId }: Tx,
  orderIds: readonly string[],
): Promise<void> {
  if (orderIds.length === 0) return;
  await db.$executeRaw`
    INSERT INTO advocate_due (merchant_id, advocate_id, kind, ref, noted_in, noted_at)
    SELECT DISTINCT w.merchant_id, a.id, 'order', w.event_id, pg_current_xact_id()::text::bigint,
      now()
    FROM reward w
    JOIN advocate a ON a.merchant_id = w.merchant_id AND a.program_id = w.program_id
      AND a.customer_id = w.customer_id
    WHERE w.merchant_id = ${merchantId} AND w.order_id = ANY(${[...orderIds]}::text[])
      AND w.cause_kind = 'second_level' AND w.event_id IS NOT NULL
    ON CONFLICT DO NOTHING`;
}
