import { Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import type { Definition } from "../metric";
import { moneyPerReading } from "../reading";
import { factsReport } from "../report";
import { costTable, referredTable } from "../sql";

const definition: Definition = {
  name: "referral_cac",
  title: "Referral acquisition cost",
  formula: "Program cost divided by new customers from referrals.",
  numerator: "Program cost in the range.",
  denominator: "New customers whose referral started before their first order.",
  window: "Day of the cost and of the first order.",
  exclusions:
    "Costs and customers of a range need not match, because a reward can be granted later. What " +
    "customers earned by their own purchases is no cost of referrals.",
  unit: "money",
  interval: "Delta method over friends, 95%",
  better: "lower",
};

const facts = (scope: Scope) => Prisma.sql`
  ${referredTable(scope)}, ${costTable(scope)},
  fact AS (
    SELECT s.n, NULL AS grp, 'customer' AS kind, c.id, 'customer:' || c.id AS key,
      c.id AS customer_id, c.first_order_at AS at,
      1::bigint AS x, 0::bigint AS y
    FROM span s
    JOIN customer c ON c.merchant_id = ${scope.merchantId} AND c.first_order_at >= s.lo
      AND c.first_order_at < s.hi
    JOIN referred f ON f.customer_id = c.id AND f.came_new
    UNION ALL
    SELECT n, NULL, 'reward', reward_id, 'reward:' || key, friend_id, at, 0, minor FROM cost
    WHERE NOT own
  )`;

export const referralCac = factsReport({
  definition,
  facts,
  columns: {
    numerator: { label: "Cost", unit: "money" },
    denominator: { label: "New customers", unit: "count" },
  },
  answer: ({ all }, { asset }) => moneyPerReading(all, asset, "no_new_referred_customers"),
});
