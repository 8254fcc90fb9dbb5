import { notFound } from "@/lib/core/errors";
import type { Page } from "@/lib/core/paging";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import { activeReferrerRate } from "./growth/active-referrer-rate";
import { aov } from "./value/aov";
import { clickThrough } from "./growth/click-through";
import { clv } from "./value/clv";
import {
  bucketsOf,
  type BucketUnit,
  bucketUnitFor,
  type Comparison,
  comparisonOf,
  type Days,
  spanOf,
} from "./days";
import { enrolmentRate } from "./growth/enrolment-rate";
import { kFactor } from "./growth/k-factor";
import type { BehindRow, Change, Definition, Metric, SeriesPoint } from "./metric";
import { programCost } from "./value/program-cost";
import { changeBetween } from "./reading";
import { referralCac } from "./value/referral-cac";
import { referralConversion } from "./growth/referral-conversion";
import { referralRate } from "./growth/referral-rate";
import { referredOrderShare } from "./value/referred-order-share";
import { referredRevenue } from "./value/referred-revenue";
import { repeatPurchaseRate } from "./retention/repeat-purchase-rate";
import type { Answered, Report, RowsPage } from "./report";
import { retention } from "./retention/retention";
import { roi } from "./value/roi";
import { shareRate } from "./growth/share-rate";
import { inReport } from "./sql";
import { survival } from "./retention/survival";

/**
 * Every metric there is, in the order of the story: who joins and shares, who comes, what it costs
 * and what it is worth.
 */
const REPORTS: readonly Report[] = [
  referralRate,
  referredOrderShare,
  enrolmentRate,
  shareRate,
  clickThrough,
  referralConversion,
  activeReferrerRate,
  kFactor,
  referredRevenue,
  programCost,
  referralCac,
  roi,
  retention,
  repeatPurchaseRate,
  survival,
  aov,
  clv,
];

const BY_NAME = new Map(REPORTS.map((report) => [report.definition.name, report]));

/** All definitions. */
export function definitions(): Definition[] {
  return REPORTS.map(({ definition }) => definition);
}

/** The report of a metric, or null where no metric has this name. */
export function findReport(name: string): Report | null {
  return BY_NAME.get(name) ?? null;
}

/** @throws DomainError not_found */
function reportNamed(name: string): Report {
  const report = findReport(name);
  if (!report) throw notFound("metric");
  return report;
}

export type Measurement = {
  definition: Definition;
  metric: Metric;
  comparison: Metric | null;
  /** From the comparison to the metric. */
  change: Change | null;
  /** Null where the metric looks back over everything, so that a course of it would say nothing. */
  series: Series | null;
};
export type Series = { unit: BucketUnit; points: SeriesPoint[]; comparison: SeriesPoint[] | null };

export type MeasureOptions = { compare?: Comparison | null; series?: boolean };

/**
 * A metric over some days, what it is compared with, and its course: all in one statement, so that
 * the parts agree.
 * @throws DomainError not_found for an unknown name, forbidden without `insights.read`
 */
export async function measure(
  scope: Scope,
  name: string,
  days: Days,
  options: MeasureOptions = {},
): Promise<Measurement> {
  const report = reportNamed(name);
  const compared = options.compare ? comparisonOf(days, options.compare) : null;
  const unit = bucketUnitFor(days);
  const wantsSeries = options.series === true && report.hasSeries;
  const buckets = wantsSeries ? bucketsOf(days, unit) : [];
  const comparedBuckets = wantsSeries && compared ? bucketsOf(compared, unit) : [];
  const ranges = [days, ...(compared ? [compared] : []), ...buckets, ...comparedBuckets];

  const answers = await report.read(
    scope,
    ranges.map((range) => spanOf(range, scope.timeZone)),
  );
  const now = scopeNow(scope);
  const at = (index: number): Metric & SeriesPoint => {
    const range = ranges[index]!;
    return {
      ...(answers[index] as Answered),
      name,
      days: range,
      ...range,
      filling: spanOf(range, scope.timeZone).to > now,
    };
  };
  const first = compared ? 2 : 1;
  const metric = metricOf(at(0));
  const comparison = compared ? metricOf(at(1)) : null;
  return {
    definition: report.definition,
    metric,
    comparison,
    change: comparison && changeOf(report, comparison, metric),
    series: wantsSeries
      ? {
          unit,
          points: buckets.map((_, index) => pointOf(at(first + index), now, scope)),
          comparison: compared
            ? comparedBuckets.map((_, index) =>
                pointOf(at(first + buckets.length + index), now, scope),
              )
            : null,
        }
      : null,
  };
}

/** Several metrics over the same days, one after the other on one connection. */
export async function measureAll<Name extends string>(
  scope: Scope,
  names: readonly Name[],
  days: Days,
  options: MeasureOptions = {},
): Promise<Record<Name, Measurement>> {
  return inReport(scope, async (_, scope) => {
    const measured = {} as Record<Name, Measurement>;
    for (const name of names) measured[name] = await measure(scope, name, days, options);
    return measured;
  });
}

/** The rows behind a metric, newest first. */
export async function rowsBehind(
  scope: Scope,
  name: string,
  days: Days,
  page: RowsPage,
): Promise<Page<BehindRow>> {
  return reportNamed(name).rows(scope, spanOf(days, scope.timeZone), page);
}

/**
 * What looks back over everything counts the same people in both ranges: no interval of independent
 * samples holds.
 */
function changeOf({ hasSeries }: Report, before: Metric, after: Metric): Change | null {
  const change = changeBetween(before, after);
  return change && (hasSeries ? change : { ...change, interval: null });
}

function metricOf({ from: _from, to: _to, ...metric }: Metric & SeriesPoint): Metric {
  return metric;
}

/** A bucket that has not begun is unknown, not empty. */
function pointOf(
  { name: _name, days: _days, beside: _beside, ...point }: Metric & SeriesPoint,
  now: Date,
  scope: Scope,
): SeriesPoint {
  if (spanOf(point, scope.timeZone).from <= now) return point;
  return {
    ...point,
    value: null,
    unknown: "not_observed",
    numerator: null,
    denominator: null,
    n: 0,
    interval: null,
    standardError: null,
  };
}
