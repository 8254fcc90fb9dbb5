import { Prisma } from "@/lib/core/db";
import { parseMoney } from "@/lib/core/money";
import { startOfDateInZone } from "@/lib/core/time";
import { shiftDay } from "@/lib/core/values/day";
import { containing } from "@/lib/core/values/search";
import type { Scope } from "@/lib/merchants/scope";
import type { PayableFilter } from "../schema";

/**
 * What of a cash reward is to be paid, in minor units, for `r`: as granted, less what was
 * reversed or withheld.
 */
export const PAYABLE_MINOR = Prisma.sql`(r.amount_minor - r.reversed_minor - r.withheld_minor)`;

/**
 * Of `reward r`: released cash that is in no batch, of which something is left to be paid, and
 * whose referral nobody has to look at first.
 */
export function isPayable(scope: Scope): Prisma.Sql {
  return Prisma.sql`r.merchant_id = ${scope.merchantId} AND r.state = 'available'
    AND r.terms->'benefit'->>'kind' = 'cash'
    AND r.payout_batch_id IS NULL AND r.asset = ${scope.asset} AND ${PAYABLE_MINOR} > 0
    AND NOT EXISTS (SELECT FROM referral f
      WHERE f.merchant_id = r.merchant_id AND f.id = r.referral_id AND f.review_at IS NOT NULL)`;
}

/** The payable rewards that a filter chooses, by id: as a query of their ids. */
export function chosenPayable(scope: Scope, filter: PayableFilter): Prisma.Sql {
  const where = [isPayable(scope)];
  if (filter.until) {
    const next = startOfDateInZone(shiftDay(filter.until, 1), scope.timeZone);
    where.push(Prisma.sql`r.available_at < ${next}`);
  }
  if (filter.search) {
    const pattern = containing(filter.search);
    where.push(Prisma.sql`EXISTS (SELECT 1 FROM customer c
      WHERE c.merchant_id = r.merchant_id AND c.id = r.customer_id
      AND (c.name ILIKE ${pattern} OR c.email ILIKE ${pattern}
        OR ${filter.search} IN (c.external_id, c.id)))`);
  }
  const least =
    filter.atLeast === undefined ? 0n : parseMoney(filter.atLeast, scope.asset, "atLeast").minor;
  return Prisma.sql`
    SELECT id FROM (
      SELECT r.id, sum(${PAYABLE_MINOR}) OVER (PARTITION BY r.customer_id) AS together
      FROM reward r WHERE ${Prisma.join(where, " AND ")}
    ) chosen WHERE together >= ${least}`;
}
