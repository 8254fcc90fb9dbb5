import { Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import type { Definition } from "../metric";
import { moneyPerReading } from "../reading";
import { beside, factsReport } from "../report";
import { referredTable, saleTable } from "../sql";

const definition: Definition = {
  name: "aov",
  title: "Average order value",
  formula: "Revenue divided by orders.",
  numerator: "Order totals minus refunds.",
  denominator: "Orders placed in the range.",
  window: "Day of the order. Refunds count on their own day, including those of earlier orders.",
  exclusions: "Only what is always excluded.",
  unit: "money",
  interval: "Delta method over customers, 95%",
  better: "higher",
};

const facts = (scope: Scope) => Prisma.sql`
  ${referredTable(scope)}, ${saleTable(scope)},
  fact AS (
    SELECT n, CASE
      WHEN came_new THEN 'referred' ELSE 'other' END AS grp, kind, id, key, customer_id, at,
      (kind = 'order')::int::bigint AS x, minor AS y
    FROM sale
  )`;

export const aov = factsReport({
  definition,
  facts,
  columns: {
    numerator: { label: "Revenue", unit: "money" },
    denominator: { label: "Orders", unit: "count" },
  },
  answer: ({ all, of }, { asset }) => ({
    ...moneyPerReading(all, asset, "no_orders"),
    beside: [
      beside("referred", "Referred customers", moneyPerReading(of("referred"), asset, "no_orders")),
      beside("other", "Other customers", moneyPerReading(of("other"), asset, "no_orders")),
    ],
  }),
});
