import { Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import type { Definition } from "../metric";
import { shareReading } from "../reading";
import { factsReport } from "../report";
import { clickTable } from "../sql";

const definition: Definition = {
  name: "referral_conversion",
  title: "Referral conversion",
  formula: "Friends who qualified, divided by friends who clicked.",
  numerator: "Friends who clicked in the range, qualified by its end and were not reversed.",
  denominator: "Browsers that opened a share link in the range, counted once each.",
  window: "Day of the click. Friends count as qualified until the end of the range.",
  exclusions:
    "Friends who used a code without a click, referrals reversed by a refund, advocates " +
    "opening their own link, and browsers of friends whose referral was rejected.",
  unit: "share",
  interval: "Wilson, 95%",
  better: "higher",
};

const facts = (scope: Scope) => Prisma.sql`
  ${clickTable(scope)},
  converted AS (
    SELECT s.n, r.id, r.friend_id, r.qualified_at
    FROM span s
    JOIN referral r ON r.merchant_id = ${scope.merchantId} AND r.clicked_at >= s.lo
      AND r.clicked_at < s.hi
      AND r.qualified_at < s.hi AND r.state IN ('qualified', 'rewarded')
  ),
  fact AS (
    SELECT n, NULL AS grp, 'visitor' AS kind, visitor_id AS id, 'visitor:' || visitor_id AS key,
      NULL AS customer_id, at,
      1::bigint AS x, 0::bigint AS y
    FROM click
    UNION ALL
    SELECT n, NULL, 'referral', id, 'referral:' || id, friend_id, qualified_at, 0, 1 FROM converted
  )`;

export const referralConversion = factsReport({
  definition,
  facts,
  columns: {
    numerator: { label: "Qualified", unit: "count" },
    denominator: { label: "Clicked", unit: "count" },
  },
  answer: ({ all }) => shareReading(Number(all.y), Number(all.x), "no_clicks"),
});
