import type { Tx } from "@/lib/merchants/scope";

/**
 * Waits for everyone who is at work on what customers may share with others: their ids of the shop,
 * keys and browsers. Keeps it until the transaction ends: whoever comes to share it next finds what
 * was decided about it. They are about to be tied to others by it.
 */
export async function lockSharedOf(tx: Tx, ...customerIds: string[]): Promise<void> {
  const { db, merchantId } = tx;
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT ${merchantId} || ' ' || kind || ' ' || value AS name FROM customer_key
    WHERE merchant_id = ${merchantId} AND customer_id = ANY(${customerIds}::text[])
    UNION
    SELECT ${merchantId} || ' browser ' || visitor_id FROM customer_visitor
    WHERE merchant_id = ${merchantId} AND customer_id = ANY(${customerIds}::text[])
    UNION
    SELECT ${merchantId} || ' id ' || external_id FROM customer
    WHERE merchant_id = ${merchantId} AND id = ANY(${customerIds}::text[])
      AND external_id IS NOT NULL`;
  await tx.lock.shared(rows.map(({ name }) => name));
}
