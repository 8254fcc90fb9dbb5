import { Prisma } from "@/lib/core/db";
import { money, shareOf } from "@/lib/core/money";
import { type Margin, marginOf } from "@/lib/merchants/rules/margin";
import type { Scope } from "@/lib/merchants/scope";
import type { Definition, Reading } from "../metric";
import { METRIC_LIMIT, withinRanges } from "../limits";
import { around } from "../interval";
import { errorOfRatio, unknownReading } from "../reading";
import { factsReport } from "../report";
import { costTable, inReport, referredTable, saleTable } from "../sql";
import { assumption, marginOfShop } from "./margin";

const definition: Definition = {
  name: "roi",
  title: "ROI (attributed)",
  formula: "(Gross margin of referred customers’ orders − program cost) ÷ program cost.",
  numerator: "Referred revenue × gross margin, minus program cost.",
  denominator: "Program cost in the range.",
  window: "Day of the order, the refund and the cost.",
  exclusions:
    "Attributed, not incremental: some friends would have bought anyway, which only a " +
    "holdout can show. Uses the gross margin set today in the shop’s settings. What customers " +
    "earned by their own purchases is no cost of referrals.",
  unit: "ratio",
  interval: "Delta method over friends, 95%",
  better: "higher",
};

/**
 * x is cost and y revenue, both under the friend that they belong to, so that the interval knows
 * they go together.
 */
const facts = (scope: Scope) => Prisma.sql`
  ${referredTable(scope)}, ${saleTable(scope)}, ${costTable(scope)},
  fact AS (
    SELECT n, NULL AS grp, kind, id, key, customer_id, at, 0::bigint AS x, minor AS y
    FROM sale WHERE referred
    UNION ALL
    SELECT n, NULL, 'reward', reward_id, 'reward:' || key, friend_id, at, minor, 0 FROM cost
    WHERE NOT own
  )`;

const report = (margin: Margin) =>
  factsReport({
    definition,
    facts,
    columns: {
      numerator: { label: "Revenue", unit: "money" },
      denominator: { label: "Cost", unit: "money" },
    },
    answer({ all }, { asset }): Reading {
      const earned = shareOf(all.y, margin.bp, "halfEven");
      const figures = { numerator: money(earned - all.x, asset), denominator: money(all.x, asset) };
      if (all.x <= 0n) return unknownReading("ratio", "no_cost", all.people, figures);
      const value = Number(earned - all.x) / Number(all.x);
      const ratioError = errorOfRatio(all);
      const standardError = ratioError === null ? null : ratioError * (margin.bp / 10_000);
      return {
        ...figures,
        value,
        unknown: null,
        unit: "ratio",
        ...assumption(margin),
        n: all.people,
        standardError,
        // At worst all that was spent is lost.
        interval: standardError === null ? null : around(value, standardError, "delta method", -1),
      };
    },
  });

export const roi: ReturnType<typeof report> = {
  ...report(marginOf(null)),
  read: async (scope, spans) =>
    inReport(scope, withinRanges(METRIC_LIMIT, spans), async (tx) =>
      report(await marginOfShop(tx)).read(tx, spans),
    ),
};
