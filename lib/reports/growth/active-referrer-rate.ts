import { Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import type { Definition } from "../metric";
import { shareReading } from "../reading";
import { factsReport } from "../report";
import { activeTable, clickTable, shareTable } from "../sql";

const definition: Definition = {
  name: "active_referrer_rate",
  title: "Active referrer rate",
  formula: "Customers with at least one share or referred click, divided by active customers.",
  numerator: "Active customers who shared, or whose link was opened.",
  denominator:
    "Customers who ordered, shared, had their link opened or did anything else on record " +
    "in the range.",
  window: "Day of the order, share, click or other event.",
  exclusions:
    "Advocates opening their own link, and browsers of friends whose referral was " + "rejected.",
  unit: "share",
  interval: "Wilson, 95%",
  better: "higher",
};

const facts = (scope: Scope) => Prisma.sql`
  ${shareTable(scope)}, ${clickTable(scope)}, ${activeTable(scope)},
  referrer AS (SELECT n, customer_id FROM share UNION SELECT n, customer_id FROM click),
  fact AS (
    SELECT a.n, NULL AS grp, 'customer' AS kind, a.customer_id AS id, a.customer_id AS key,
      a.customer_id, a.at,
      1::bigint AS x, (r.customer_id IS NOT NULL)::int::bigint AS y
    FROM active a LEFT JOIN referrer r ON r.n = a.n AND r.customer_id = a.customer_id
  )`;

export const activeReferrerRate = factsReport({
  definition,
  facts,
  answer: ({ all }) => shareReading(Number(all.y), Number(all.x), "no_active_customers"),
});
