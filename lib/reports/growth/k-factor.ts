import { Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import type { Span } from "../days";
import type { Beside, Definition, Reading } from "../metric";
import { around } from "../interval";
import { errorOfRatio, unknownReading } from "../reading";
import { beside, factsReport } from "../report";
import { activeTable, clickTable, type ReportScope, shareTable } from "../sql";
import { viralCoefficient } from "../statistics/growth/referral-growth";

const definition: Definition = {
  name: "k_factor",
  title: "Viral factor (K)",
  formula:
    "Shares per customer × qualified friends per share: the new customers each customer " +
    "brings.",
  numerator:
    "Friends who qualified in the range and were not reversed; each once, when they first " +
    "qualified in any program.",
  denominator:
    "Customers who ordered, shared, had their link opened or did anything else on record " +
    "in the range.",
  window: "Day of the share, of qualifying, and of any activity of a customer.",
  exclusions:
    "Referrals reversed by a refund. Above 1, each generation of friends is larger than " +
    "the last.",
  unit: "ratio",
  interval: "Delta method over customers, 95%",
  better: "higher",
};

const facts = (scope: Scope) => Prisma.sql`
  ${shareTable(scope)}, ${clickTable(scope)}, ${activeTable(scope)},
  qualified AS (
    SELECT s.n, r.id, a.customer_id, r.qualified_at AS at
    FROM span s
    JOIN referral r ON r.merchant_id = ${scope.merchantId} AND r.qualified_at >= s.lo
      AND r.qualified_at < s.hi
      AND r.state IN ('qualified', 'rewarded')
    JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
    WHERE NOT EXISTS (
      SELECT FROM referral b
      WHERE b.merchant_id = r.merchant_id AND b.friend_id = r.friend_id
        AND b.state IN ('qualified', 'rewarded')
        AND (b.qualified_at, b.id) < (r.qualified_at, r.id))
  ),
  fact AS (
    SELECT n, NULL AS grp, 'customer' AS kind, customer_id AS id,
      'customer:' || customer_id AS key, customer_id, at,
      1::bigint AS x, 0::bigint AS y
    FROM active
    UNION ALL
    SELECT n, NULL, 'referral', id, 'referral:' || id, customer_id, at, 0, 1 FROM qualified
    UNION ALL
    SELECT n, 'share', 'share', id, 'share:' || id, customer_id, at, 0, 0 FROM share
  )`;

export const kFactor = factsReport({
  definition,
  facts,
  columns: {
    numerator: { label: "Qualified friends", unit: "count" },
    denominator: { label: "Active customers", unit: "count" },
  },
  answer({ of }): Reading & { beside: Beside[] } {
    const people = of("");
    const shares = of("share").facts;
    const [customers, qualified] = [Number(people.x), Number(people.y)];
    const known = { numerator: qualified, denominator: customers, n: customers };
    const ratio = (top: number, bottom: number, reading: Partial<Reading>): Reading => ({
      ...unknownReading(
        "ratio",
        bottom === customers ? "no_active_customers" : "no_shares",
        bottom,
      ),
      numerator: top,
      denominator: bottom,
      ...reading,
    });
    const coefficient = viralCoefficient(customers, shares, qualified);
    if (coefficient.value === null)
      return { ...unknownReading("ratio", "no_active_customers", 0, known), beside: [] };
    const { k, sharesPerCustomer, qualifiedPerShare } = coefficient.value;
    const standardError = errorOfRatio(people);
    return {
      ...known,
      value: k,
      unknown: null,
      unit: "ratio",
      standardError,
      interval: standardError === null ? null : around(k, standardError, "delta method"),
      beside: [
        beside(
          "shares_per_customer",
          "Shares per customer",
          ratio(shares, customers, { value: sharesPerCustomer, unknown: null }),
        ),
        beside(
          "qualified_per_share",
          "Qualified friends per share",
          qualifiedPerShare === null
            ? unknownReading("ratio", "no_shares", 0, { numerator: qualified, denominator: 0 })
            : ratio(qualified, shares, { value: qualifiedPerShare, unknown: null }),
        ),
      ],
    };
  },
  more: async (scope, span) => [beside("cycle_time", "Cycle time", await cycleTime(scope, span))],
});

/**
 * Median days from an advocate's joining to the joining of their friend, over friends who joined
 * their first program in the range.
 */
async function cycleTime({ db, merchantId }: ReportScope, span: Span): Promise<Reading> {
  const [row] = await db.$queryRaw<[{ friends: number; days: number | null }]>`
    SELECT count(*)::int AS friends,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY EXTRACT(epoch
      FROM r.joined_at - a.joined_at)::float8 / 86400) AS days
    FROM referral r
    JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
    WHERE r.merchant_id = ${merchantId} AND r.joined_at >= ${span.from}
      AND r.joined_at < ${span.to}
      AND r.joined_at >= a.joined_at AND r.state <> 'rejected'
      AND NOT EXISTS (
        SELECT FROM referral b
        WHERE b.merchant_id = r.merchant_id AND b.friend_id = r.friend_id
          AND b.state <> 'rejected' AND (b.joined_at, b.id) < (r.joined_at, r.id))`;
  if (row.days === null) return unknownReading("days", "no_joins");
  return { ...unknownReading("days", "no_joins", row.friends), value: row.days, unknown: null };
}
