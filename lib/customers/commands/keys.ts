import { newId } from "@/lib/core/id";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import type { SaidKey } from "../rules/keys";

/** What several customers may share: their keys, and the browsers that they were seen in. */
export type Shareable = { kind: SaidKey["kind"] | "browser"; value: string };

/**
 * Waits for everyone who is at work on what these people share, and keeps it until the transaction
 * ends: whoever comes to share it next finds what was decided about it. Taken before any row is
 * locked, all at once and in one order.
 */
export async function lockShared(
  { db, merchantId }: Tx,
  shared: readonly Shareable[],
): Promise<void> {
  if (shared.length === 0) return;
  const names = shared.map(({ kind, value }) => `${merchantId} ${kind} ${value}`).sort();
  await db.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(${names}::text[]) AS name`;
}

/** The same for all that a customer has: they are about to be tied to others by it. */
export async function lockSharedOf(
  { db, merchantId }: Tx,
  ...customerIds: string[]
): Promise<void> {
  await db.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM (
      SELECT name FROM (
        SELECT ${merchantId} || ' ' || kind || ' ' || value AS name FROM customer_key
        WHERE merchant_id = ${merchantId} AND customer_id = ANY(${customerIds}::text[])
        UNION
        SELECT ${merchantId} || ' browser ' || visitor_id FROM customer_visitor
        WHERE merchant_id = ${merchantId} AND customer_id = ANY(${customerIds}::text[])
      ) shared ORDER BY name COLLATE "C"
    ) shared`;
}

/**
 * Keeps what was said to identify a customer. Where others have the same, it is noted that their
 * referrals are to be looked at again. Whoever calls it holds the lock of what is said.
 * @param isProven as far as who said it goes; what was proven once stays so
 * @returns whether others share it
 */
export async function rememberKeys(
  scope: Tx,
  customerId: string,
  {
    keys,
    visitorId,
    isProven,
    seenAt,
  }: { keys: readonly SaidKey[]; visitorId: string | null; isProven: boolean; seenAt: Date },
): Promise<boolean> {
  const { db, merchantId } = scope;
  const column = (name: keyof SaidKey) => keys.map((key) => key[name]);
  const noted = await db.$executeRaw`
    WITH said AS (
      SELECT * FROM unnest(${column("kind")}::text[], ${column("value")}::text[],
        ${column("said")}::text[]) AS s (kind, value, said)
    ), kept AS (
      INSERT INTO customer_key (merchant_id, kind, value, customer_id, said, proven, first_seen_at)
      SELECT ${merchantId}, kind, value, ${customerId}, said, ${isProven}, ${seenAt} FROM said
      ORDER BY kind, value
      ON CONFLICT (merchant_id, kind, value, customer_id) DO UPDATE
        SET proven = true WHERE EXCLUDED.proven AND NOT customer_key.proven
    )
    INSERT INTO identity_due (merchant_id, customer_id, id, noted_at)
    SELECT ${merchantId}, ${customerId}, ${newId("idn")}, ${scopeNow(scope)}
    WHERE EXISTS (
      SELECT FROM customer_key k JOIN said s ON s.kind = k.kind AND s.value = k.value
      WHERE k.merchant_id = ${merchantId} AND k.customer_id <> ${customerId}
    ) OR EXISTS (
      SELECT FROM customer_visitor v
      WHERE v.merchant_id = ${merchantId} AND v.visitor_id = ${visitorId}
        AND v.customer_id <> ${customerId}
    )`;
  return noted > 0;
}
