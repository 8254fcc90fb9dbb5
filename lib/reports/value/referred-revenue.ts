import { Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import type { Definition } from "../metric";
import { addTallies, shareReading, totalReading, unknownReading } from "../reading";
import { beside, factsReport } from "../report";
import { referredTable, saleTable } from "../sql";

const definition: Definition = {
  name: "referred_revenue",
  title: "Referred revenue",
  formula: "Orders of referred customers, minus refunds.",
  numerator:
    "Order totals of referred customers after their referral started, minus refunds of " +
    "these orders.",
  denominator: null,
  window: "Day of the order. Refunds count on their own day, including those of earlier orders.",
  exclusions: "Orders from before the referral started.",
  unit: "money",
  interval: "Compound Poisson total over customers, 95%",
  better: "higher",
};

const facts = (scope: Scope) => Prisma.sql`
  ${referredTable(scope)}, ${saleTable(scope)},
  fact AS (
    SELECT n, CASE
      WHEN referred THEN 'referred' ELSE 'other' END AS grp, kind, id, key, customer_id, at,
      0::bigint AS x, minor AS y
    FROM sale
  )`;

const referredFacts = (scope: Scope) => Prisma.sql`
  ${referredTable(scope)}, ${saleTable(scope)},
  fact AS (
    SELECT n, NULL AS grp, kind, id, key, customer_id, at, 0::bigint AS x, minor AS y
    FROM sale WHERE referred
  )`;

const counted = factsReport({
  definition,
  facts,
  columns: { numerator: { label: "Revenue", unit: "money" }, denominator: null },
  answer({ of }, scope) {
    const [referred, other] = [of("referred"), of("other")];
    const all = totalReading(addTallies([referred, other]), scope.asset);
    const [part, whole] = [Number(referred.y), Number(referred.y + other.y)];
    return {
      ...totalReading(referred, scope.asset),
      beside: [
        beside("revenue", "All revenue", all),
        beside("referred_revenue_share", "Share of all revenue", {
          // A share of money is a ratio of amounts: no count of people stands behind an interval
          // here.
          ...(whole > 0
            ? shareReading(part, whole, "no_orders")
            : unknownReading("share", "no_orders")),
          numerator: { minor: referred.y, asset: scope.asset },
          denominator: { minor: referred.y + other.y, asset: scope.asset },
          interval: null,
          standardError: null,
          n: referred.facts + other.facts,
        }),
      ],
    };
  },
});

/** The rows are those of referred customers; the other orders serve only the share beside it. */
export const referredRevenue = {
  ...counted,
  rows: factsReport({
    definition,
    facts: referredFacts,
    answer: () => unknownReading("money", "no_orders"),
  }).rows,
};
