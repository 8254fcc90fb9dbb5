import { Prisma } from "@/lib/core/db";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import { sealingMark } from "../rules/details";

/** Whether `d` is a destination that counts: confirmed, and neither replaced nor removed. */
const COUNTS = Prisma.sql`(d.confirmed_at IS NOT NULL AND d.ended_at IS NULL)`;

/** Beside `reward r`: where its owner's cash goes now, as `d`; nothing where it is unknown. */
export const WITH_DESTINATION = Prisma.sql`
  LEFT JOIN payout_destination d
    ON d.merchant_id = r.merchant_id AND d.customer_id = r.customer_id AND ${COUNTS}`;

function kinds({ merchantId }: Scope): Prisma.Sql {
  return Prisma.sql`(SELECT m.payout_kinds FROM merchant m WHERE m.id = ${merchantId})::text[]`;
}

/**
 * Why nothing can be paid to `d` now, as a LeftOutReason; null where it can be. A shop that asks
 * for no details pays by means of its own, and leaves nobody out.
 */
export function leftOutReason(scope: Scope): Prisma.Sql {
  return Prisma.sql`
    CASE WHEN cardinality(${kinds(scope)}) = 0 THEN NULL
      WHEN d.id IS NULL OR d.sealed IS NULL THEN 'missing'
      WHEN d.sealed_by <> ${sealingMark()} THEN 'unreadable'
      WHEN d.kind <> ALL(${kinds(scope)}) THEN 'not_allowed'
      WHEN d.usable_from > ${scopeNow(scope)} THEN 'recent'
    END`;
}

/** The id of `d` where the shop asks for details at all. */
export function destinationId(scope: Scope): Prisma.Sql {
  return Prisma.sql`CASE WHEN cardinality(${kinds(scope)}) > 0 THEN d.id END`;
}

/**
 * Under which key the owner of `r` is asked for details: once for each thing that is wrong with
 * what they gave last, however many payouts leave them out.
 */
export function askedKey(customerId: Prisma.Sql, reason: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`'payout_needed:' || ${customerId} || ':' || ${reason} || ':' || COALESCE((
    SELECT max(l.id) FROM payout_destination l
    WHERE l.merchant_id = r.merchant_id AND l.customer_id = ${customerId}
      AND l.confirmed_at IS NOT NULL), '')`;
}
