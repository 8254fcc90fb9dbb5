import { Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import type { Definition } from "../metric";
import { ratioReading, shareReading } from "../reading";
import { beside, factsReport } from "../report";
import { shareTable } from "../sql";

const definition: Definition = {
  name: "share_rate",
  title: "Share rate",
  formula:
    "Advocates who shared, divided by all advocates. Shares per advocate is shown beside " + "it.",
  numerator: "Advocates with at least one share in the range.",
  denominator: "People who had joined a program by the end of the range.",
  window: "Day of the share.",
  exclusions:
    "Sharing twice through the same channel within a minute counts once. A person in two " +
    "programs counts once.",
  unit: "share",
  interval: "Wilson, 95%",
  better: "higher",
};

const facts = (scope: Scope) => Prisma.sql`
  ${shareTable(scope)},
  enrolled AS (
    SELECT s.n, a.customer_id, MIN(a.joined_at) AS joined_at
    FROM span s JOIN advocate a ON a.merchant_id = ${scope.merchantId} AND a.joined_at < s.hi
    GROUP BY 1, 2
  ),
  shared AS (SELECT n, customer_id, count(*) AS shares, MAX(at) AS at
  FROM share GROUP BY n, customer_id),
  fact AS (
    SELECT e.n, NULL AS grp, 'advocate' AS kind, customer_id AS id, customer_id AS key, customer_id,
      COALESCE(s.at, e.joined_at) AS at, 1::bigint AS x, COALESCE(s.shares, 0)::bigint AS y
    FROM enrolled e LEFT JOIN shared s USING (n, customer_id)
  )`;

export const shareRate = factsReport({
  definition,
  facts,
  columns: { numerator: { label: "Shares", unit: "count" }, denominator: null },
  answer: ({ all }) => ({
    ...shareReading(all.reached, all.people, "no_advocates"),
    beside: [
      beside("shares_per_advocate", "Shares per advocate", ratioReading(all, "no_advocates")),
    ],
  }),
});
