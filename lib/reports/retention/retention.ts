import { Prisma } from "@/lib/core/db";
import { clockSql } from "@/lib/core/zones/sql";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import type { Definition } from "../metric";
import { shareReading } from "../reading";
import { beside, factsReport } from "../report";
import { referredTable } from "../sql";

const definition: Definition = {
  name: "retention",
  title: "One-year retention",
  formula:
    "Customers gained 12 to 24 months ago who ordered again in their months 7 to 12, " +
    "divided by all customers gained then.",
  numerator: "Customers gained then with an order 6 to 12 months after their first.",
  denominator: "Customers whose first order came 12 to 24 months before the end of the range.",
  window:
    "Looks back from the end of the range, whenever it starts. Calendar months in the " +
    "shop’s time zone.",
  exclusions:
    "Customers gained less than 12 months ago can’t be counted yet. Refunded orders still " +
    "count.",
  unit: "share",
  interval: "Wilson, 95%",
  better: "higher",
};

const facts = (scope: Scope) => {
  const shown = (at: Prisma.Sql) => clockSql(at, scope.timeZone);
  const now = Prisma.sql`LEAST(hi, ${scopeNow(scope)}::timestamptz)`;
  const [first, order] = [Prisma.sql`c.first_order_at`, Prisma.sql`o.occurred_at`];
  return Prisma.sql`
  ${referredTable(scope)},
  ending AS (SELECT n, ${shown(now)} AS ends FROM span),
  gained AS (
    SELECT e.n, c.id, c.first_order_at, ${shown(first)} AS began
    FROM ending e
    JOIN customer c ON c.merchant_id = ${scope.merchantId}
      AND ${shown(first)} >= e.ends - interval '24 months'
      AND ${shown(first)} < e.ends - interval '12 months'
      -- The same within two days, for the index.
      AND c.first_order_at >= (e.ends - interval '24 months 2 days') AT TIME ZONE 'UTC'
      AND c.first_order_at < (e.ends - interval '12 months' + interval '2 days') AT TIME ZONE 'UTC'
  ),
  fact AS (
    SELECT g.n, CASE
      WHEN f.came_new THEN 'referred'
        ELSE 'other' END AS grp, 'customer' AS kind, g.id, g.id AS key,
      g.id AS customer_id, g.first_order_at AS at, 1::bigint AS x,
      EXISTS (
        SELECT FROM shop_order o
        WHERE o.merchant_id = ${scope.merchantId} AND o.customer_id = g.id
          AND ${shown(order)} >= g.began + interval '6 months'
          AND ${shown(order)} < g.began + interval '12 months'
      )::int::bigint AS y
    FROM gained g LEFT JOIN referred f ON f.customer_id = g.id
  )`;
};

export const retention = factsReport({
  definition,
  hasSeries: false,
  facts,
  answer: ({ all, of }) => ({
    ...shareReading(Number(all.y), Number(all.x), "nobody_gained"),
    beside: [
      beside(
        "referred",
        "Referred customers",
        shareReading(Number(of("referred").y), Number(of("referred").x), "nobody_gained"),
      ),
      beside(
        "other",
        "Other customers",
        shareReading(Number(of("other").y), Number(of("other").x), "nobody_gained"),
      ),
    ],
  }),
});
