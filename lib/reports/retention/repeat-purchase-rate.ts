import { Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import type { Definition } from "../metric";
import { shareReading } from "../reading";
import { beside, factsReport } from "../report";
import { referredTable } from "../sql";

const definition: Definition = {
  name: "repeat_purchase_rate",
  title: "Repeat purchase rate",
  formula: "Customers with two or more orders, divided by customers with at least one.",
  numerator: "Customers with at least two orders in the range.",
  denominator: "Customers with at least one order in the range.",
  window: "Day of the order.",
  exclusions: "Refunded orders still count. Two orders on the same day count as two.",
  unit: "share",
  interval: "Wilson, 95%",
  better: "higher",
};

const facts = (scope: Scope) => Prisma.sql`
  ${referredTable(scope)},
  buyer AS (
    SELECT s.n, o.customer_id, count(*) AS orders, MAX(o.occurred_at) AS at
    FROM span s
    JOIN shop_order o ON o.merchant_id = ${scope.merchantId} AND o.occurred_at >= s.lo
      AND o.occurred_at < s.hi
    GROUP BY 1, 2
  ),
  fact AS (
    SELECT b.n, CASE
      WHEN f.came_new THEN 'referred'
        ELSE 'other' END AS grp, 'customer' AS kind, b.customer_id AS id,
      b.customer_id AS key, b.customer_id, b.at, 1::bigint AS x, (b.orders >= 2)::int::bigint AS y
    FROM buyer b LEFT JOIN referred f USING (customer_id)
  )`;

export const repeatPurchaseRate = factsReport({
  definition,
  facts,
  answer: ({ all, of }) => ({
    ...shareReading(Number(all.y), Number(all.x), "no_orders"),
    beside: [
      beside(
        "referred",
        "Referred customers",
        shareReading(Number(of("referred").y), Number(of("referred").x), "no_orders"),
      ),
      beside(
        "other",
        "Other customers",
        shareReading(Number(of("other").y), Number(of("other").x), "no_orders"),
      ),
    ],
  }),
});
