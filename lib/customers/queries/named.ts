import { inScope, type Scope, type Tx } from "@/lib/merchants/scope";
import type { Shareable } from "../commands/keys";
import type { SaidKey } from "../rules/keys";

/** What a request names somebody by, and what else it says to identify them. */
export type Named = {
  externalId: string | null;
  email: string | null;
  said: readonly SaidKey[];
  /** Said by someone who knows: what was only claimed before is proven by it. */
  isProven: boolean;
  visitorId: string | null;
};

/** A customer as `upsertCustomer` finds and leaves them. */
export type NamedCustomer = {
  id: string;
  externalId: string | null;
  email: string | null;
  name: string | null;
  locale: string | null;
  traits: Record<string, unknown>;
  firstSeenAt: Date;
  /** Others share a key of theirs, or a browser. */
  shares: boolean;
};

type Found = {
  byExternalId: NamedCustomer | null;
  byEmail: NamedCustomer | null;
  /** Nothing that was said is new of the one who is meant. */
  isAllKnown: boolean;
  /** All that may be shared by what was said, and by those who were found. */
  shared: Shareable[];
};

type Row = NamedCustomer & {
  isById: boolean;
  isByEmail: boolean;
  keys: { kind: SaidKey["kind"]; value: string; proven: boolean }[];
  wasSeenIn: boolean;
};

/**
 * Who is known by a request's id and address, and whether it says anything new of them. A record
 * that was merged stands for the one it was merged into.
 */
export async function findNamed(
  { db, merchantId }: Tx,
  { externalId, email, said, isProven, visitorId }: Named,
): Promise<Found> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT c.id, c.external_id AS "externalId", c.email, c.name, c.locale, c.traits,
      c.first_seen_at AS "firstSeenAt",
      COALESCE(n.external_id = ${externalId}, false) AS "isById",
      COALESCE(n.email = ${email}, false) AS "isByEmail",
      k.keys, k.shares OR EXISTS (
        SELECT FROM customer_visitor v
        JOIN customer_visitor w ON w.merchant_id = v.merchant_id AND w.visitor_id = v.visitor_id
          AND w.customer_id <> v.customer_id
        WHERE v.merchant_id = ${merchantId} AND v.customer_id = c.id
      ) AS shares,
      EXISTS (
        SELECT FROM customer_visitor v WHERE v.merchant_id = ${merchantId}
          AND v.visitor_id = ${visitorId} AND v.customer_id = c.id
      ) AS "wasSeenIn"
    FROM customer n
    JOIN customer c ON c.merchant_id = ${merchantId} AND c.id = COALESCE(n.merged_into_id, n.id)
    CROSS JOIN LATERAL (
      SELECT COALESCE(jsonb_agg(
          jsonb_build_object('kind', k.kind, 'value', k.value, 'proven', k.proven)
        ), '[]') AS keys,
        COALESCE(bool_or(EXISTS (
          SELECT FROM customer_key o WHERE o.merchant_id = ${merchantId} AND o.kind = k.kind
            AND o.value = k.value AND o.customer_id <> c.id
        )), false) AS shares
      FROM customer_key k WHERE k.merchant_id = ${merchantId} AND k.customer_id = c.id
    ) k
    WHERE n.merchant_id = ${merchantId} AND (n.external_id = ${externalId} OR n.email = ${email})`;
  const byExternalId = rows.find(({ isById }) => isById) ?? null;
  const byEmail = rows.find(({ isByEmail }) => isByEmail) ?? null;
  // An address of someone with another id names somebody who is not there yet.
  const isByEmail = externalId === null || byEmail?.externalId === null;
  const meant = byExternalId ?? (isByEmail ? byEmail : null);
  const isAllKnown =
    meant !== null &&
    said.every(({ kind, value }) =>
      meant.keys.some(
        (known) => known.kind === kind && known.value === value && (known.proven || !isProven),
      ),
    ) &&
    (visitorId === null || meant.wasSeenIn);
  return {
    byExternalId,
    byEmail,
    isAllKnown,
    shared: [
      ...said,
      ...rows.flatMap(({ keys }) => keys),
      ...(visitorId === null ? [] : [{ kind: "browser" as const, value: visitorId }]),
    ],
  };
}

/** The customers whom an id or an address leads to, by our id, without making anybody known. */
export async function idsNamed(
  scope: Scope,
  { externalId, email }: { externalId?: string; email?: string },
): Promise<string[]> {
  const rows = await inScope(
    scope,
    (db) => db.$queryRaw<{ id: string }[]>`
    SELECT COALESCE(merged_into_id, id) AS id FROM customer
    WHERE merchant_id = ${scope.merchantId}
      AND (external_id = ${externalId ?? null} OR email = ${email ?? null})`,
  );
  return rows.map(({ id }) => id);
}
