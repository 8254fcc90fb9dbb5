import { Prisma } from "@/lib/core/db";
import { inTurns, type Steps } from "@/lib/core/math/in-turns";
import { assetScale, money } from "@/lib/core/money";
import { dateInZone } from "@/lib/core/time";
import { clockSql } from "@/lib/core/zones/sql";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import type { Span } from "../days";
import type { Reading, Reason } from "../metric";
import { unknownReading } from "../reading";
import { type ReportScope, referredTable } from "../sql";
import { type BgNbdParameters, fittingBgNbd } from "../statistics/lifetime-value/bg-nbd";
import { predictClv } from "../statistics/lifetime-value/clv";
import {
  fittingGammaGamma,
  type GammaGammaParameters,
} from "../statistics/lifetime-value/gamma-gamma";
import { type Moments, moments } from "../statistics/numerics/moments";
import { meanInterval } from "../statistics/comparisons/two-means";

const MONTHLY_DISCOUNT = 0.01;
const MONTHS = 12;
/**
 * The most customers that the fit, and the mean of each group, is made from: all of them up to
 * here, else as many, drawn by a hash of their id and so always the same.
 */
export const SAMPLE = 3_000;

type History = {
  frequency: number;
  recency: number;
  age: number;
  /** Mean of the repeat purchase days in major units; null without any. */
  meanSpend: number | null;
  referred: boolean;
  /** Place by hash among all customers and within the group. */
  place: number;
  groupPlace: number;
  /** Customers in the group. */
  groupSize: number;
};

export type PredictedValue = { all: Reading; referred: Reading; other: Reading };

/**
 * Predictions already made, by everything that they rest on. A few: each is one shop at one day.
 */
const known = new Map<string, PredictedValue>();
const KEEP = 50;

/**
 * Expected margin of the 12 months after a range's end per customer: BG/NBD for how often,
 * Gamma-Gamma for how much (Fader, Hardie & Lee 2005; Fader & Hardie 2013). Frequency counts repeat
 * purchase days in the shop's zone.
 */
export async function predictValue(
  scope: ReportScope,
  span: Span,
  marginBp: number,
): Promise<PredictedValue> {
  const endsAt = span.to < scopeNow(scope) ? span.to : scopeNow(scope);
  const lastDay = dateInZone(new Date(endsAt.getTime() - 1), scope.timeZone);
  const key = [
    scope.merchantId,
    scope.timeZone,
    lastDay,
    span.to.getTime(),
    marginBp,
    await fingerprint(scope, span),
  ].join();
  const before = known.get(key);
  if (before) return before;
  const people = await histories(scope, endsAt, lastDay);
  const made = await inTurns(predict(scope, people, marginBp));
  if (known.size >= KEEP) known.delete(known.keys().next().value ?? "");
  known.set(key, made);
  return made;
}

/** Changes with every order, refund and decision on a referral. */
async function fingerprint(scope: ReportScope, span: Span): Promise<string> {
  const [row] = await scope.db.$queryRaw<[{ print: string }]>`
    SELECT concat_ws(':',
      (SELECT count(*) || ':' || COALESCE(SUM(total_minor), 0) FROM shop_order
        WHERE merchant_id = ${scope.merchantId} AND occurred_at < ${span.to}),
      (SELECT count(*) || ':' || COALESCE(SUM(amount_minor), 0) FROM refund
        WHERE merchant_id = ${scope.merchantId} AND occurred_at < ${span.to}),
      (SELECT concat_ws(':', count(*), count(*) FILTER (WHERE state = 'rejected'),
          count(*) FILTER (WHERE state = 'expired'))
        FROM referral WHERE merchant_id = ${scope.merchantId})) AS print`;
  return row.print;
}

async function histories(scope: ReportScope, endsAt: Date, lastDay: string): Promise<History[]> {
  const { merchantId, timeZone } = scope;
  const unit = 10 ** assetScale(scope.asset);
  return scope.db.$queryRaw<History[]>`
    WITH ${referredTable(scope)},
    returned AS (
      SELECT order_id, SUM(amount_minor) AS minor FROM refund
      WHERE merchant_id = ${merchantId} AND occurred_at < ${endsAt} GROUP BY order_id
    ),
    purchase_day AS (
      SELECT o.customer_id, ${clockSql(Prisma.sql`o.occurred_at`, timeZone)}::date AS day,
        SUM(o.total_minor - COALESCE(r.minor, 0)) AS minor
      FROM shop_order o LEFT JOIN returned r ON r.order_id = o.id
      WHERE o.merchant_id = ${merchantId} AND o.occurred_at < ${endsAt}
      GROUP BY 1, 2
      HAVING SUM(COALESCE(r.minor, 0)) = 0 OR SUM(o.total_minor - COALESCE(r.minor, 0)) > 0
    ),
    numbered AS (
      SELECT *, row_number() OVER (PARTITION BY customer_id ORDER BY day) AS nth FROM purchase_day
    ),
    history AS (
      SELECT customer_id, count(*) - 1 AS frequency, MAX(day) - MIN(day) AS recency,
        ${lastDay}::date - MIN(day) AS age,
        AVG(minor) FILTER (WHERE nth > 1) AS mean_minor
      FROM numbered GROUP BY customer_id
    ),
    placed AS (
      SELECT h.*, COALESCE(f.came_new, false) AS referred,
        row_number() OVER (ORDER BY md5(h.customer_id)) AS place,
        row_number() OVER (PARTITION BY COALESCE(f.came_new, false)
        ORDER BY md5(h.customer_id)) AS group_place,
        count(*) OVER (PARTITION BY COALESCE(f.came_new, false)) AS group_size
      FROM history h LEFT JOIN referred f USING (customer_id)
    )
    SELECT frequency::int, recency::int, age::int,
      (mean_minor / ${unit}::int)::float8 AS "meanSpend", referred,
      place::int, group_place::int AS "groupPlace", group_size::int AS "groupSize"
    FROM placed WHERE place <= ${SAMPLE} OR group_place <= ${SAMPLE}`;
}

const REASON: Record<string, Reason> = {
  too_few_customers: "too_few_customers",
  too_few_repeaters: "too_few_repeaters",
  no_variation: "no_variation",
};

function* predict(
  scope: Scope,
  people: readonly History[],
  marginBp: number,
): Steps<PredictedValue> {
  const sample = people.filter(({ place }) => place <= SAMPLE);
  const repeaters = sample.flatMap(({ frequency, meanSpend }) =>
    frequency > 0 && meanSpend !== null ? [{ frequency, meanSpend }] : [],
  );
  const purchases = yield* fittingBgNbd(sample);
  const spend = purchases.value === null ? null : yield* fittingGammaGamma(repeaters);
  if (purchases.value === null || !spend || spend.value === null) {
    const reason = REASON[purchases.reason ?? spend?.reason ?? ""] ?? "no_fit";
    const unknown = unknownReading(
      "money",
      people.length === 0 ? "no_customers" : reason,
      people.length,
    );
    return { all: unknown, referred: unknown, other: unknown };
  }
  const models = { purchases: purchases.value.parameters, spend: spend.value.parameters };
  function* group(referred: boolean): Steps<Group> {
    const members = people.filter(
      (person) => person.referred === referred && person.groupPlace <= SAMPLE,
    );
    const values: (number | null)[] = [];
    for (const person of members) {
      values.push(valueOf(models, person, marginBp));
      yield;
    }
    return {
      size: members[0]?.groupSize ?? 0,
      moments: values.includes(null) ? null : moments(values.filter((v) => v !== null)),
    };
  }
  const [referred, other] = [yield* group(true), yield* group(false)];
  return {
    all: reading(scope, together(referred, other)),
    referred: reading(scope, referred),
    other: reading(scope, other),
  };
}

function valueOf(
  models: { purchases: BgNbdParameters; spend: GammaGammaParameters },
  person: History,
  marginBp: number,
): number | null {
  const options = { months: MONTHS, monthlyDiscount: MONTHLY_DISCOUNT, margin: marginBp / 10_000 };
  return predictClv(models, person, options).value?.value ?? null;
}

type Group = { size: number; moments: Moments | null };

/** Both groups by their true sizes, whatever of each was drawn. */
function together(first: Group, second: Group): Group {
  const parts = [first, second].filter((group) => group.size > 0);
  const size = parts.reduce((sum, group) => sum + group.size, 0);
  if (size === 0 || parts.some((group) => group.moments === null)) return { size, moments: null };
  const weighted = (of: (moments: Moments) => number) =>
    parts.reduce((sum, group) => sum + (group.moments ? of(group.moments) * group.size : 0), 0) /
    size;
  const mean = weighted((m) => m.mean);
  const n = parts.reduce((sum, group) => sum + (group.moments?.n ?? 0), 0);
  return {
    size,
    moments: { n, mean, variance: weighted((m) => (m.variance ?? 0) + (m.mean - mean) ** 2) },
  };
}

function reading({ asset }: Scope, group: Group): Reading {
  if (!group.moments)
    return unknownReading("money", group.size === 0 ? "no_customers" : "no_fit", group.size);
  const unit = 10 ** assetScale(asset);
  const amount = (major: number) => money(BigInt(Math.round(major * unit)), asset);
  const interval = meanInterval(group.moments).value;
  const { n, variance, mean } = group.moments;
  return {
    value: amount(mean),
    unknown: null,
    unit: "money",
    numerator: null,
    denominator: group.size,
    n,
    standardError: variance === null ? null : Math.sqrt(variance / n) * unit,
    // Nobody is worth less than nothing.
    interval: interval && {
      ...interval,
      low: amount(Math.max(0, interval.low)),
      high: amount(interval.high),
    },
  };
}
