import { Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import type { Definition } from "../metric";
import { totalReading } from "../reading";
import { beside, factsReport } from "../report";
import { costTable } from "../sql";

const definition: Definition = {
  name: "program_cost",
  title: "Program cost",
  formula: "Rewards of both sides at face or unit cost, less what was taken back.",
  numerator:
    "What rewards cost when they were granted, minus what came back when they were voided, expired or reversed.",
  denominator: null,
  window:
    "The day of what the reward was granted for; what comes back counts on the day it came back.",
  exclusions:
    "Coupons of a percentage cost nothing until they are used. A rejected referral's reward costs nothing once it is taken " +
    "back; what was spent by then stays a cost.",
  unit: "money",
  interval: "Compound Poisson total over customers, 95 %",
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
