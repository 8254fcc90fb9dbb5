import { groupedBy } from "@/lib/core/collections/grouped-by";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import type { Decided } from "./effects";

/**
 * Adds decisions to the outcomes of their events, which were processed before. A click has none
 * until something comes of it.
 */
export async function addDecisions(tx: Tx, decisions: readonly Decided[]): Promise<void> {
  const known = decisions.filter(({ eventId }) => eventId !== null);
  if (known.length === 0) return;
  const rows = [...groupedBy(known, ({ eventId }) => eventId!)].map(([id, ofEvent]) => ({
    id,
    decisions: ofEvent.map(({ eventId: _, ...decision }) => decision),
  }));
  await tx.db.$executeRaw`
    INSERT INTO event_outcome (merchant_id, event_id, type, occurred_at, processed_at, decisions)
    SELECT e.merchant_id, e.id, e.type, e.occurred_at, ${scopeNow(tx)}, n.decisions
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n (id text, decisions jsonb)
    JOIN event e ON e.merchant_id = ${tx.merchantId} AND e.id = n.id
    ON CONFLICT (merchant_id, event_id)
    DO UPDATE SET decisions = event_outcome.decisions || EXCLUDED.decisions`;
}
