import { Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import type { Definition } from "../metric";
import { shareReading } from "../reading";
import { factsReport } from "../report";
import { referredTable } from "../sql";

const definition: Definition = {
  name: "referral_rate",
  title: "Referral rate",
  formula: "New customers from referrals, divided by all new customers.",
  numerator: "New customers whose referral started before their first order.",
  denominator: "Customers whose first order is in the range.",
  window: "Day of the first order.",
  exclusions:
    "Orders that cost nothing or were sent back whole: they leave a person a new customer.",
  unit: "share",
  interval: "Wilson, 95%",
  better: "higher",
};

const facts = (scope: Scope) => Prisma.sql`
  ${referredTable(scope)},
  new_customer AS (
    SELECT s.n, c.id, c.first_order_at, COALESCE(f.came_new, false) AS came_by_referral
    FROM span s
    JOIN customer c ON c.merchant_id = ${scope.merchantId} AND c.first_order_at >= s.lo
      AND c.first_order_at < s.hi
    LEFT JOIN referred f ON f.customer_id = c.id
  ),
  fact AS (
    SELECT n, NULL AS grp, 'customer' AS kind, id, id AS key, id AS customer_id,
      first_order_at AS at,
      1::bigint AS x, came_by_referral::int::bigint AS y
    FROM new_customer
  )`;

export const referralRate = factsReport({
  definition,
  facts,
  answer: ({ all }) => shareReading(Number(all.y), Number(all.x), "no_new_customers"),
});
