import { Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import type { Definition } from "../metric";
import { totalReading } from "../reading";
import { beside, factsReport } from "../report";
import { costTable } from "../sql";

const definition: Definition = {
  name: "program_cost",
  title: "Program cost",
  formula:
    "Rewards for advocates and friends at face or unit cost, minus what was voided, " +
    "expired or reversed.",
  numerator: "Cost of rewards when granted, minus what was voided, expired or reversed.",
  denominator: null,
  window: "Day of the event that earned the reward. Reductions count on their own day.",
  exclusions:
    "Percentage coupons cost nothing until used. The reward of a rejected referral costs " +
    "nothing once it is voided or reversed; what was already spent stays a cost.",
  unit: "money",
  interval: "Compound Poisson total over customers, 95%",
  better: "lower",
};

const facts = (scope: Scope) => Prisma.sql`
  ${costTable(scope)},
  fact AS (
    SELECT n, side AS grp, 'reward' AS kind, reward_id AS id, key, customer_id, at, 0::bigint AS x,
      minor AS y FROM cost
  )`;

export const programCost = factsReport({
  definition,
  facts,
  columns: { numerator: { label: "Cost", unit: "money" }, denominator: null },
  answer: ({ all, of }, { asset }) => ({
    ...totalReading(all, asset),
    beside: [
      beside("advocate_cost", "For advocates", totalReading(of("advocate"), asset)),
      beside("friend_cost", "For friends", totalReading(of("friend"), asset)),
    ],
  }),
});
