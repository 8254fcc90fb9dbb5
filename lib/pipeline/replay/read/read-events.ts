import { whoMay } from "@/lib/merchants/rules/provenance";
import type { Tx } from "@/lib/merchants/scope";
import { addEvent, type Reading } from "./reading";

/** Adds other events of customers in the range; of all types where `types` is null. */
export async function addEvents(
  tx: Tx,
  reading: Reading,
  customers: readonly string[],
  types: readonly string[] | null,
): Promise<void> {
  const rows = await tx.db.$queryRaw<
    {
      eventId: string;
      customerId: string;
      type: string;
      at: Date;
      country: string | null;
      channel: string | null;
      advocateId: string | null;
      earns: boolean;
      counts: boolean;
    }[]
  >`
    SELECT o.event_id AS "eventId", o.customer_id AS "customerId", o.type, o.occurred_at AS at,
      e.advocate_id AS "advocateId", e.body->'context'->>'country' AS country,
      e.body->'context'->>'channel' AS channel,
      e.provenance = ANY(${whoMay("earn")}::text[]) AS earns, o.counts
    FROM event_outcome o JOIN event e ON e.merchant_id = o.merchant_id AND e.id = o.event_id
    WHERE o.merchant_id = ${tx.merchantId} AND o.customer_id = ANY(${[...customers]}::text[])
      AND o.type NOT IN ('purchase', 'refund') AND o.occurred_at < ${reading.untilAt}
      AND (${types === null} OR o.type = ANY(${[...(types ?? [])]}::text[]))`;
  for (const row of rows) addEvent(reading, row);
}
