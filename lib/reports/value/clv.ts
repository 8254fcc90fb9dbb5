import { Prisma } from "@/lib/core/db";
import { type Margin, marginOf } from "@/lib/merchants/rules/margin";
import type { Scope } from "@/lib/merchants/scope";
import { predictValue, SAMPLE } from "./clv-prediction";
import type { Definition } from "../metric";
import { METRIC_LIMIT, withinRanges } from "../limits";
import { moneyPerReading, scaleNumerator } from "../reading";
import { beside, factsReport, type Report } from "../report";
import { assumption, marginOfShop } from "./margin";
import { inReport, referredTable } from "../sql";

const definition: Definition = {
  name: "clv",
  title: "Customer lifetime value",
  formula:
    "Gross margin to date per customer, with the margin expected in the next 12 months " +
    "beside it.",
  numerator: "Orders minus refunds up to the end of the range, × gross margin.",
  denominator: "Customers who had ordered by the end of the range.",
  window:
    "All orders up to the end of the range, whenever it starts. Days are in the shop’s " +
    "time zone.",
  exclusions:
    "Predictions leave out fully refunded days and need 50 customers, 20 of them repeat. One " +
    "model is fitted to all customers, and each group’s mean is that of all its customers; of " +
    `more than ${SAMPLE.toLocaleString("en")}, to a fixed sample of that many.`,
  unit: "money",
  interval:
    "Delta method over customers, 95%. Predictions: t over customers, from BG/NBD purchases × " +
    "Gamma-Gamma spend, discounted by 1% a month.",
  better: "higher",
};

const facts = (scope: Scope) => Prisma.sql`
  ${referredTable(scope)},
  paid AS (
    SELECT s.n, o.customer_id, MIN(o.occurred_at) AS at, SUM(o.total_minor) AS minor
    FROM span s JOIN shop_order o ON o.merchant_id = ${scope.merchantId} AND o.occurred_at < s.hi
    GROUP BY s.n, o.customer_id
  ),
  returned AS (
    SELECT s.n, o.customer_id, SUM(b.amount_minor) AS minor
    FROM span s
    JOIN refund b ON b.merchant_id = ${scope.merchantId} AND b.occurred_at < s.hi
    JOIN shop_order o ON o.merchant_id = b.merchant_id AND o.id = b.order_id
      AND o.occurred_at < s.hi
    GROUP BY s.n, o.customer_id
  ),
  fact AS (
    SELECT p.n, CASE
      WHEN f.came_new THEN 'referred'
        ELSE 'other' END AS grp, 'customer' AS kind, p.customer_id AS id,
      p.customer_id AS key, p.customer_id, p.at, 1::bigint AS x,
        (p.minor - COALESCE(r.minor, 0))::bigint AS y
    FROM paid p
    LEFT JOIN returned r ON r.n = p.n AND r.customer_id = p.customer_id
    LEFT JOIN referred f ON f.customer_id = p.customer_id
  )`;

const report = (margin: Margin) =>
  factsReport({
    definition,
    hasSeries: false,
    facts,
    columns: { numerator: { label: "Revenue to date", unit: "money" }, denominator: null },
    answer({ all, of }, { asset }) {
      const perCustomer = (tally: typeof all) =>
        moneyPerReading(scaleNumerator(tally, margin.bp), asset, "no_customers");
      return {
        ...perCustomer(all),
        ...assumption(margin),
        beside: [
          beside("referred", "Referred customers, to date", perCustomer(of("referred"))),
          beside("other", "Other customers, to date", perCustomer(of("other"))),
        ],
      };
    },
    async more(scope, span) {
      const { all, referred, other } = await predictValue(scope, span, margin.bp);
      return [
        beside("predicted", "Next 12 months", all),
        beside("predicted_referred", "Referred customers, next 12 months", referred),
        beside("predicted_other", "Other customers, next 12 months", other),
      ];
    },
  });

export const clv: Report = {
  ...report(marginOf(null)),
  read: async (scope, spans) =>
    inReport(scope, withinRanges(METRIC_LIMIT, spans), async (tx) =>
      report(await marginOfShop(tx)).read(tx, spans),
    ),
};
