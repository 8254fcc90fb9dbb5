import { notFound } from "@/lib/core/errors";
import type { Page } from "@/lib/core/paging";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import { activeReferrerRate } from "./growth/active-referrer-rate";
import { aov } from "./value/aov";
import { clickThrough } from "./growth/click-through";
import { clv } from "./value/clv";
import { type BucketUnit, type Comparison, type Days, spanOf } from "./days";
import { enrolmentRate } from "./growth/enrolment-rate";
import { kFactor } from "./growth/k-factor";
import { METRIC_LIMIT, within } from "./limits";
import type { BehindRow, Change, LimitedDefinition, Metric, Reading, SeriesPoint } from "./metric";
import { programCost } from "./value/program-cost";
import { type Counted, rangesOf } from "./ranges";
import { changeBetween, unknownReading } from "./reading";
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
export function definitions(): LimitedDefinition[] {
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
  definition: LimitedDefinition;
  metric: Metric;
  comparison: Metric | null;
  /** From the comparison to the metric. */
  change: Change | null;
  /** Null where the metric looks back over everything, so that a course of it would say nothing. */
  series: Series | null;
};
export type Series = { unit: BucketUnit; points: SeriesPoint[]; comparison: SeriesPoint[] | null };

export type MeasureOptions = {
  compare?: Comparison | null;
  series?: boolean;
  /** What the course is cut into; by default as long a unit as the range needs. */
  unit?: BucketUnit;
};

/**
 * A metric over some days, what it is compared with, and its course: all in one statement, so that
 * the parts agree.
 * @throws DomainError not_found for an unknown name, forbidden without `insights.read`,
 * invalid_request (path "from") beyond the report's limit
 */
export async function measure(
  scope: Scope,
  name: string,
  days: Days,
  { compare = null, series = false, unit }: MeasureOptions = {},
): Promise<Measurement> {
  const report = reportNamed(name);
  const now = scopeNow(scope);
  const wantsSeries = series && report.hasSeries;
  const asked = rangesOf(
    days,
    { compare, series: wantsSeries, unit },
    { now, timeZone: scope.timeZone },
  );
  const { range, comparison: compared, buckets, comparedBuckets } = asked;
  const ranges = [range, ...(compared ? [compared] : []), ...buckets, ...comparedBuckets];
  const answers = await report.read(
    scope,
    ranges.map(({ span }) => span),
  );
  const at = (index: number): Answered & Rest => {
    const { days: of, until } = ranges[index]!;
    const span = spanOf(of, scope.timeZone);
    const answer = answers[index]!;
    const filling = span.to > now;
    return { ...(span.from > now ? notObserved(answer) : answer), of, until, filling };
  };
  const first = compared ? 2 : 1;
  const metric = metricOf(name, at(0));
  const comparison = compared ? metricOf(name, at(1)) : null;
  const points = (counted: readonly Counted[], from: number) =>
    counted.map((_, index) => pointOf(at(from + index)));
  return {
    definition: report.definition,
    metric,
    comparison,
    change: comparison && changeOf(report, comparison, metric),
    series: wantsSeries
      ? {
          unit: asked.unit,
          points: points(buckets, first),
          comparison: compared ? points(comparedBuckets, first + buckets.length) : null,
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
  return inReport(scope, within(METRIC_LIMIT, names.length), async (tx) => {
    const measured = {} as Record<Name, Measurement>;
    for (const name of names) measured[name] = await measure(tx, name, days, options);
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

type Rest = { of: Days; until: Date | null; filling: boolean };

function metricOf(name: string, { of, ...metric }: Answered & Rest): Metric {
  return { ...metric, name, days: of };
}

function pointOf({ of, beside: _beside, ...point }: Answered & Rest): SeriesPoint {
  return { ...point, from: of.from, to: of.to };
}

/** A range that has not begun is unknown, with all that stands beside it, and not empty. */
function notObserved({ beside, ...reading }: Answered): Answered {
  const unknown = ({ unit }: Reading) => unknownReading(unit, "not_observed");
  return {
    ...unknown(reading),
    beside: beside.map((part) => ({ ...part, ...unknown(part) })),
  };
}
