import { Prisma, type Db } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
import { inScope, requirePermission, type Scope, type Tx } from "@/lib/merchants/scope";
import type { MergeCause } from "./schema";

/** What two records share, as it was said of each. */
export type Shared = {
  kind: "email" | "phone" | "browser";
  said: string;
  otherSaid: string;
  proven: boolean;
};

/** A record that may be of the same person. */
export type Duplicate = {
  id: string;
  externalId: string | null;
  email: string | null;
  name: string | null;
  createdAt: Date;
  orderCount: number;
  shared: Shared[];
};

const MOST_SHOWN = 10;
/** A browser that more people than this used is a shop's own, and suggests nobody. */
const MOST_OF_A_FAMILY = 5;

function sharedSql(merchantId: string, customerId: string): Prisma.Sql {
  return Prisma.sql`
    SELECT o.customer_id, k.kind, k.said, o.said AS other_said, k.proven AND o.proven AS proven
    FROM customer_key k
    JOIN customer_key o ON o.merchant_id = k.merchant_id AND o.kind = k.kind AND o.value = k.value
      AND o.customer_id <> k.customer_id
      AND (o.kind <> 'phone' OR o.said NOT LIKE '+%' OR k.said NOT LIKE '+%' OR o.said = k.said)
    WHERE k.merchant_id = ${merchantId} AND k.customer_id = ${customerId}
    UNION ALL
    SELECT w.customer_id, 'browser', v.visitor_id, v.visitor_id, false
    FROM customer_visitor v
    JOIN customer_visitor w ON w.merchant_id = v.merchant_id AND w.visitor_id = v.visitor_id
      AND w.customer_id <> v.customer_id
    WHERE v.merchant_id = ${merchantId} AND v.customer_id = ${customerId} AND (
      SELECT count(*) FROM (SELECT FROM customer_visitor n
        WHERE n.merchant_id = ${merchantId} AND n.visitor_id = v.visitor_id
        LIMIT ${MOST_OF_A_FAMILY + 1}) n) <= ${MOST_OF_A_FAMILY}`;
}

/**
 * Records that share with this one what identifies a person, the surest first; without those of
 * whom a member said that they are somebody else.
 */
export async function duplicatesOf(scope: Scope, customerId: string): Promise<Duplicate[]> {
  requirePermission(scope, "customer.read");
  return inScope(
    scope,
    ({ db, merchantId }) => db.$queryRaw<Duplicate[]>`
    SELECT c.id, c.external_id AS "externalId", c.email, c.name, c.created_at AS "createdAt",
      c.order_count AS "orderCount", s.shared
    FROM (
      SELECT customer_id, jsonb_agg(DISTINCT jsonb_build_object('kind', kind, 'said', said,
          'otherSaid', other_said, 'proven', proven)) AS shared,
        bool_or(proven) AS sure, bool_or(kind <> 'browser') AS likely
      FROM (${sharedSql(merchantId, customerId)}) s GROUP BY customer_id
    ) s
    JOIN customer c ON c.merchant_id = ${merchantId} AND c.id = s.customer_id
      AND c.merged_into_id IS NULL
    WHERE NOT EXISTS (
      SELECT FROM customer_apart x WHERE x.merchant_id = ${merchantId}
        AND x.one_id = LEAST(c.id, ${customerId}) AND x.other_id = GREATEST(c.id, ${customerId})
    )
    ORDER BY s.sure DESC, s.likely DESC, c.created_at, c.id LIMIT ${MOST_SHOWN}`,
  );
}

/** What two records share. */
export async function sharedBetween(
  { db, merchantId }: Tx,
  oneId: string,
  otherId: string,
): Promise<Shared[]> {
  return db.$queryRaw<Shared[]>`
    SELECT DISTINCT kind, said, other_said AS "otherSaid", proven
    FROM (${sharedSql(merchantId, oneId)}) s WHERE customer_id = ${otherId}
    ORDER BY proven DESC, kind, said`;
}

/** A merge that this record came out of, the latest first. */
export type Merge = {
  id: string;
  fromId: string;
  intoId: string;
  at: Date;
  actor: string;
  why: MergeCause;
  evidence: Shared[];
  undoneAt: Date | null;
  undoneBy: string | null;
  stayed: string[] | null;
  /** What the merged record was called. */
  externalId: string | null;
  email: string | null;
  name: string | null;
};

/** The merges of a record, also those that were undone. */
export async function mergesOf(scope: Scope, customerId: string): Promise<Merge[]> {
  requirePermission(scope, "customer.read");
  return inScope(scope, ({ db, merchantId }) =>
    mergesWhere(
      db,
      merchantId,
      Prisma.sql`
    ${customerId} IN (m.into_id, m.from_id)`,
    ),
  );
}

/** One merge. @throws DomainError not_found */
export async function mergeById(scope: Scope, id: string): Promise<Merge> {
  const [merge] = await inScope(scope, ({ db, merchantId }) =>
    mergesWhere(db, merchantId, Prisma.sql`m.id = ${id}`),
  );
  if (!merge) throw notFound("merge");
  return merge;
}

function mergesWhere(db: Db, merchantId: string, where: Prisma.Sql): Promise<Merge[]> {
  return db.$queryRaw<Merge[]>`
    SELECT m.id, m.from_id AS "fromId", m.into_id AS "intoId", m.at, m.actor, m.why, m.evidence,
      m.undone_at AS "undoneAt", m.undone_by AS "undoneBy", m.stayed,
      m.moved->'profiles'->'from'->>'externalId' AS "externalId",
      m.moved->'profiles'->'from'->>'email' AS email,
      m.moved->'profiles'->'from'->>'name' AS name
    FROM customer_merge m WHERE m.merchant_id = ${merchantId} AND ${where}
    ORDER BY m.at DESC, m.id DESC LIMIT ${MOST_SHOWN}`;
}
