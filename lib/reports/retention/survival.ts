import { Prisma } from "@/lib/core/db";
import { clockSql } from "@/lib/core/zones/sql";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import type { Span } from "../days";
import { METRIC_LIMIT, withinRanges } from "../limits";
import type { Beside, Definition, Reading } from "../metric";
import { unknownReading } from "../reading";
import { beside, factsReport, type Report } from "../report";
import { inReport, referredTable, type ReportScope, spanTable } from "../sql";
import {
  type Duration,
  kaplanMeier,
  type LogRank,
  logRank,
  type SurvivalCurve,
  survivalAt,
} from "../statistics/survival/survival";

const WITHIN_DAYS = 90;

const definition: Definition = {
  name: "survival",
  title: `Repeat purchase within ${WITHIN_DAYS} days`,
  formula:
    `Share of customers who buy again within ${WITHIN_DAYS} days of their first purchase. ` +
    "Newer customers count for as long as they have been customers (Kaplan-Meier). " +
    "Referred and other customers are compared with the log-rank test. Unknown for a group in " +
    `which no one has been watched for ${WITHIN_DAYS} days without a second purchase.`,
  numerator: `Second purchases within ${WITHIN_DAYS} days.`,
  denominator: "Customers with a first order by the end of the range.",
  window:
    "All orders up to the end of the range, whenever it starts. Days are in the shop’s " +
    "time zone.",
  exclusions: "Several orders on the same day count as one purchase.",
  unit: "share",
  interval: "Greenwood, log-log, 95%",
  better: "higher",
};

/**
 * `second (n, customer_id, referred, at, days, came)`: how many whole days each customer was
 * watched, and whether the second purchase came. A day that is not over has not been watched.
 */
function secondTable(scope: Scope): Prisma.Sql {
  const { merchantId, timeZone } = scope;
  const now = scopeNow(scope);
  return Prisma.sql`
    purchase_day AS (
      SELECT s.n, o.customer_id, ${clockSql(Prisma.sql`o.occurred_at`, timeZone)}::date AS day,
        MIN(o.occurred_at) AS at,
        ${clockSql(Prisma.sql`LEAST(s.hi, ${now}::timestamptz)`, timeZone)}::date - 1 AS last_day
      FROM span s JOIN shop_order o ON o.merchant_id = ${merchantId} AND o.occurred_at < s.hi
      GROUP BY s.n, s.hi, o.customer_id, day
    ),
    numbered AS (
      SELECT *, lead(day) OVER life AS next_day, row_number() OVER life AS place
      FROM purchase_day WINDOW life AS (PARTITION BY n, customer_id ORDER BY day)
    ),
    second AS (
      SELECT p.n, p.customer_id, COALESCE(f.came_new, false) AS referred, p.at,
        COALESCE(p.next_day, GREATEST(p.last_day, p.day)) - p.day AS days,
          p.next_day IS NOT NULL AS came
      FROM numbered p LEFT JOIN referred f USING (customer_id)
      WHERE p.place = 1
    )`;
}

export type SecondPurchase = {
  all: SurvivalCurve | null;
  referred: SurvivalCurve | null;
  other: SurvivalCurve | null;
  logRank: LogRank | null;
};

/** The curves of the time to the second purchase, up to the end of a range. */
export async function secondPurchase(scope: Scope, span: Span): Promise<SecondPurchase> {
  return inReport(scope, withinRanges(METRIC_LIMIT, [span]), (tx) => curvesOf(tx, span));
}

async function curvesOf(scope: ReportScope, span: Span): Promise<SecondPurchase> {
  const rows = await scope.db.$queryRaw<
    { referred: boolean; days: number; came: boolean; customers: number }[]
  >`
    WITH ${spanTable([span])}, ${referredTable(scope)}, ${secondTable(scope)}
    SELECT referred, days, came, count(*)::int AS customers
    FROM second GROUP BY referred, days, came ORDER BY days`;
  const durations = (wanted: readonly (typeof rows)[number][]): Duration[] =>
    wanted.map(({ days, came, customers }) => ({ time: days, event: came, people: customers }));
  const [referred, other] = [
    durations(rows.filter((row) => row.referred)),
    durations(rows.filter((row) => !row.referred)),
  ];
  return {
    all: kaplanMeier(durations(rows)).value,
    referred: kaplanMeier(referred).value,
    other: kaplanMeier(other).value,
    logRank: logRank([referred, other]).value,
  };
}

/**
 * The share that bought again within the days. A curve says nothing beyond the last day on which
 * somebody was still watched, unless everybody had bought again by then.
 */
function boughtAgain(curve: SurvivalCurve | null): Reading {
  if (!curve) return unknownReading("share", "no_customers");
  const last = curve.steps.findLast((step) => step.time <= WITHIN_DAYS);
  const came = curve.steps.reduce(
    (sum, step) => sum + (step.time <= WITHIN_DAYS ? step.events : 0),
    0,
  );
  const counts = { numerator: came, denominator: curve.n };
  if (curve.watched < WITHIN_DAYS && last?.survival !== 0)
    return unknownReading("share", "not_enough_time", curve.n, counts);
  const interval = last?.interval ?? null;
  return {
    ...counts,
    value: 1 - survivalAt(curve, WITHIN_DAYS),
    unknown: null,
    unit: "share",
    n: curve.n,
    standardError: last?.standardError ?? null,
    interval: interval && {
      low: 1 - interval.high,
      high: 1 - interval.low,
      level: 0.95,
      method: "Greenwood, log-log",
    },
  };
}

function besides({ referred, other, logRank }: SecondPurchase): Beside[] {
  const test = logRank
    ? {
        ...unknownReading(
          "ratio",
          "not_observed",
          logRank.groups.reduce((sum, group) => sum + group.n, 0),
        ),
        value: logRank.p,
        unknown: null,
      }
    : unknownReading("ratio", "not_observed");
  return [
    beside("referred", "Referred customers", boughtAgain(referred)),
    beside("other", "Other customers", boughtAgain(other)),
    beside("log_rank_p", "Log-rank p", test),
  ];
}

const shown = factsReport({
  definition,
  hasSeries: false,
  columns: { numerator: { label: "Bought again", unit: "yes" }, denominator: null },
  facts: (scope) => Prisma.sql`
    ${referredTable(scope)}, ${secondTable(scope)},
    fact AS (
      SELECT n, CASE
        WHEN referred THEN 'referred'
          ELSE 'other' END AS grp, 'customer' AS kind, customer_id AS id,
        customer_id AS key, customer_id, at, 1::bigint AS x,
          (came AND days <= ${WITHIN_DAYS})::int::bigint AS y
      FROM second
    )`,
  answer: () => unknownReading("share", "no_customers"),
});

export const survival: Report = {
  ...shown,
  read: async (scope, spans) =>
    inReport(scope, withinRanges(METRIC_LIMIT, spans), async (tx) => {
      const answers = [];
      for (const span of spans) {
        const curves = await curvesOf(tx, span);
        answers.push({ ...boughtAgain(curves.all), beside: besides(curves) });
      }
      return answers;
    }),
};
