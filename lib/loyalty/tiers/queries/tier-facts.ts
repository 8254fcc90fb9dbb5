import { type Db, Prisma } from "@/lib/core/db";
import type { TierFact } from "../rules/window";
import type { TierMetric } from "../schema";

/**
 * Points that were earned and not reversed; that they were spent or expired since does not matter.
 */
const POINTS_THAT_COUNT = Prisma.sql`w.asset = 'PTS/0'
  AND w.state IN ('available', 'issued', 'used', 'expired')
  AND w.amount_minor > w.reversed_minor`;
/** When points became their owner's: as their hold ended, or earlier where they were released. */
const POINTS_AT = Prisma.sql`LEAST(w.held_until, w.issued_at)`;
const QUALIFIED = Prisma.sql`r.state IN ('qualified', 'rewarded') AND r.qualified_at IS NOT NULL`;

/**
 * One statement per metric: `customer_id`, `at` and `amount` of all that counts for some customers,
 * or for everybody.
 */
const FACTS: Record<
  TierMetric,
  (merchantId: string, whose: (column: Prisma.Sql) => Prisma.Sql) => Prisma.Sql
> = {
  points: (merchantId, whose) => Prisma.sql`
    SELECT w.customer_id, ${POINTS_AT} AS at, w.amount_minor - w.reversed_minor AS amount
    FROM reward w WHERE w.merchant_id = ${merchantId} AND ${whose(Prisma.sql`w.customer_id`)}
      AND ${POINTS_THAT_COUNT}`,
  referrals: (merchantId, whose) => Prisma.sql`
    SELECT a.customer_id, r.qualified_at AS at, 1::bigint AS amount
    FROM advocate a JOIN referral r ON r.merchant_id = a.merchant_id AND r.advocate_id = a.id
      AND ${QUALIFIED}
    WHERE a.merchant_id = ${merchantId} AND ${whose(Prisma.sql`a.customer_id`)}`,
  revenue: (merchantId, whose) => Prisma.sql`
    SELECT f.customer_id, o.occurred_at AS at, o.total_minor - o.refunded_minor AS amount
    FROM (
      SELECT a.merchant_id, a.customer_id, r.friend_id, min(LEAST(r.clicked_at, r.joined_at))
        AS since
      FROM advocate a JOIN referral r ON r.merchant_id = a.merchant_id AND r.advocate_id = a.id
        AND ${QUALIFIED}
      WHERE a.merchant_id = ${merchantId} AND ${whose(Prisma.sql`a.customer_id`)}
      GROUP BY a.merchant_id, a.customer_id, r.friend_id
    ) f
    JOIN shop_order o ON o.merchant_id = f.merchant_id AND o.customer_id = f.friend_id
      AND o.occurred_at >= f.since
    WHERE o.stands`,
};

/** What counts for a customer's tier, all of it. */
export async function tierFacts(
  db: Db,
  merchantId: string,
  customerId: string,
  metric: TierMetric,
): Promise<TierFact[]> {
  const facts = FACTS[metric](merchantId, (column) => Prisma.sql`${column} = ${customerId}`);
  return db.$queryRaw<
    TierFact[]
  >`SELECT at, sum(amount)::bigint AS amount FROM (${facts}) f GROUP BY at ORDER BY at`;
}

/**
 * How many customers have so much within a window, for each of some thresholds: the number whose
 * highest it is.
 * @param thresholds lowest first
 */
export async function countByThreshold(
  db: Db,
  merchantId: string,
  metric: TierMetric,
  window: { after: Date; upTo: Date },
  thresholds: readonly bigint[],
): Promise<number[]> {
  const facts = FACTS[metric](merchantId, () => Prisma.sql`true`);
  const rows = await db.$queryRaw<{ rank: number; people: bigint }[]>`
    SELECT width_bucket(v.value, ${thresholds.map(String)}::numeric[]) AS rank, count(*) AS people
    FROM (
      SELECT sum(amount)::numeric AS value FROM (${facts}) f
      WHERE at > ${window.after} AND at <= ${window.upTo} GROUP BY customer_id
    ) v
    GROUP BY 1`;
  const counts = thresholds.map(() => 0);
  for (const { rank, people } of rows) if (rank > 0) counts[rank - 1] = Number(people);
  return counts;
}
