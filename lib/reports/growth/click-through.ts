import { Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import type { Definition } from "../metric";
import { ratioReading } from "../reading";
import { factsReport } from "../report";
import { clickTable, shareTable } from "../sql";

const definition: Definition = {
  name: "click_through",
  title: "Click-through",
  formula:
    "Unique human visitors from share links, divided by shares. One share can bring " +
    "several visitors.",
  numerator: "Browsers that opened a share link in the range, counted once each.",
  denominator: "Shares in the range.",
  window: "Day of the share and of the click.",
  exclusions:
    "Advocates opening their own link, and browsers of friends whose referral was " + "rejected.",
  unit: "ratio",
  interval: "Delta method over advocates, 95%",
  better: "higher",
};

const facts = (scope: Scope) => Prisma.sql`
  ${shareTable(scope)}, ${clickTable(scope)},
  fact AS (
    SELECT n, NULL AS grp, 'share' AS kind, id, 'share:' || id AS key, customer_id, at,
      1::bigint AS x, 0::bigint AS y FROM share
    UNION ALL
    SELECT n, NULL, 'visitor', visitor_id, 'visitor:' || visitor_id, customer_id, at, 0, 1
    FROM click
  )`;

export const clickThrough = factsReport({
  definition,
  facts,
  columns: {
    numerator: { label: "Visitors", unit: "count" },
    denominator: { label: "Shares", unit: "count" },
  },
  answer: ({ all }) => ratioReading(all, "no_shares"),
});
