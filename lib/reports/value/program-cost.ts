import { Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import type { Definition } from "../metric";
import { addTallies, totalReading, unknownReading } from "../reading";
import { beside, factsReport } from "../report";
import { costTable } from "../sql";

const definition: Definition = {
  name: "program_cost",
  title: "Program cost",
  formula:
    "Rewards that referrals earned, for advocates and friends, at face or unit cost, minus what " +
    "was voided, expired or reversed.",
  numerator: "Cost of rewards when granted, minus what was voided, expired or reversed.",
  denominator: null,
  window:
    "Day of the event that earned the reward. Reductions count on their own day; those of a " +
    "rejected referral on the day of its reward.",
  exclusions:
    "Percentage coupons cost nothing until used. The reward of a rejected referral costs " +
    "nothing once it is voided or reversed; what was already spent stays a cost. What customers " +
    "earned by their own purchases and other events is a figure of its own.",
  unit: "money",
  interval: "Compound Poisson total over customers, 95%",
  better: "lower",
};

const facts = (which: Prisma.Sql) => (scope: Scope) => Prisma.sql`
  ${costTable(scope)},
  fact AS (
    SELECT n, CASE WHEN own THEN 'loyalty' ELSE side END AS grp, 'reward' AS kind, reward_id AS id,
      key, customer_id, at, 0::bigint AS x, minor AS y
    FROM cost WHERE ${which}
  )`;

const counted = factsReport({
  definition,
  facts: facts(Prisma.sql`true`),
  columns: { numerator: { label: "Cost", unit: "money" }, denominator: null },
  answer({ of }, { asset }) {
    const [advocates, friends] = [of("advocate"), of("friend")];
    return {
      ...totalReading(addTallies([advocates, friends]), asset),
      beside: [
        beside("advocate_cost", "For advocates", totalReading(advocates, asset)),
        beside("friend_cost", "For friends", totalReading(friends, asset)),
        beside("loyalty_cost", "Own purchases (not included)", totalReading(of("loyalty"), asset)),
      ],
    };
  },
});

/** The rows are those of referrals; what own purchases earned serves only the figure beside it. */
export const programCost = {
  ...counted,
  rows: factsReport({
    definition,
    facts: facts(Prisma.sql`NOT own`),
    answer: () => unknownReading("money", "no_cost"),
  }).rows,
};
