import { Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import type { Definition } from "../metric";
import { shareReading } from "../reading";
import { factsReport } from "../report";
import { cameTable, clickTable } from "../sql";

const definition: Definition = {
  name: "referral_conversion",
  title: "Referral conversion",
  formula: "People who qualified, divided by people who came.",
  numerator: "People who came in the range, qualified by its end and were not reversed.",
  denominator:
    "People who opened a share link in the range, or used a code without one. A friend counts " +
    "once, in however many browsers and programs; an unknown person counts by browser.",
  window: "Day of the click, or of the code. People count as qualified until the end of the range.",
  exclusions:
    "Friends who had qualified before, advocates opening their own link, and browsers of friends " +
    "whose referral was rejected. Referrals reversed by a refund count as came, not as qualified.",
  unit: "share",
  interval: "Wilson, 95%",
  better: "higher",
};

const facts = (scope: Scope) => Prisma.sql`
  ${clickTable(scope)}, ${cameTable(scope)},
  fact AS (
    SELECT n, NULL AS grp, CASE WHEN customer_id IS NULL THEN 'visitor' ELSE 'customer' END AS kind,
      COALESCE(customer_id, visitor_id) AS id, person AS key, customer_id, at,
      1::bigint AS x, qualified::int::bigint AS y
    FROM came
  )`;

export const referralConversion = factsReport({
  definition,
  facts,
  columns: { numerator: { label: "Qualified", unit: "yes" }, denominator: null },
  answer: ({ all }) => shareReading(Number(all.y), Number(all.x), "no_clicks"),
});
