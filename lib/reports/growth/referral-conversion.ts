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
  numerator:
    "Friends whose click lies in the range and who qualified before it ended, and still stand.",
  denominator: "Browsers that opened a share link in the range, each once.",
  window: "The day of the click; what qualifies after the range counts in a longer one.",
  exclusions:
    "Friends who came by a code without a click, referrals reversed by a refund, advocates opening their own link, and " +
    "browsers of friends whose referral was rejected.",
  unit: "share",
  interval: "Wilson, 95 %",
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
