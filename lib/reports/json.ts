import { type Asset, assetCode, decimal } from "@/lib/core/money";
import type { ArmReading } from "./experiments/arms";
import type { ArmTest } from "./experiments/compare-arms";
import { type CohortGrid, definition as cohortDefinition } from "./retention/cohort-grid";
import {
  definition as experimentDefinition,
  type ExperimentResults,
} from "./experiments/experiment";
import type { Measurement, Series } from "./index";
import {
  ALWAYS_EXCLUDED,
  type Beside,
  type LimitedDefinition,
  type Figure,
  type Metric,
  REASONS,
  type Reading,
  type SeriesPoint,
} from "./metric";

/**
 * What the API says of a metric: amounts as decimal strings with their currency, unknown as null
 * with its reason.
 */

/** A definition with what is excluded everywhere. */
export function definitionJson(definition: LimitedDefinition) {
  return { ...definition, exclusions: [ALWAYS_EXCLUDED, definition.exclusions] };
}

export function measurementJson(
  { definition, metric, comparison, change, series }: Measurement,
  timeZone: string,
) {
  return {
    ...metricJson(metric),
    timeZone,
    definition: definitionJson(definition),
    comparison: comparison && metricJson(comparison),
    change: change && {
      kind: change.kind,
      value: change.value,
      interval: change.interval && [change.interval.low, change.interval.high],
      intervalMethod: change.interval?.method ?? null,
    },
    series: series && seriesJson(series),
  };
}

function metricJson(metric: Metric) {
  const { name, days, filling, until, beside } = metric;
  return {
    name,
    ...readingJson(metric),
    from: days.from,
    to: days.to,
    filling,
    until: until?.toISOString() ?? null,
    beside: beside.map(besideJson),
  };
}

function besideJson(beside: Beside) {
  return { key: beside.key, title: beside.title, ...readingJson(beside) };
}

function readingJson(reading: Reading) {
  const { value, unknown, unit, numerator, denominator, n, interval, assumes } = reading;
  const money = [value, numerator, denominator].find(
    (figure) => figure !== null && typeof figure !== "number",
  );
  return {
    value: figureJson(value),
    unit,
    ...(money && { currency: assetCode(money.asset) }),
    unknown: unknown && { code: unknown, message: REASONS[unknown] },
    ...(assumes && { assumes }),
    numerator: figureJson(numerator),
    denominator: figureJson(denominator),
    n,
    interval: interval && [figureJson(interval.low), figureJson(interval.high)],
    intervalMethod: interval?.method ?? null,
    level: interval?.level ?? null,
  };
}

function seriesJson({ unit, points, comparison }: Series) {
  const pointJson = (point: SeriesPoint) => ({
    from: point.from,
    to: point.to,
    filling: point.filling,
    until: point.until?.toISOString() ?? null,
    ...readingJson(point),
  });
  return {
    bucket: unit,
    points: points.map(pointJson),
    comparison: comparison?.map(pointJson) ?? null,
  };
}

function figureJson(figure: Figure | null): number | string | null {
  return figure === null || typeof figure === "number" ? figure : decimal(figure);
}

export function cohortGridJson(
  { rows, days, unit, mode, cohorts, who }: CohortGrid,
  timeZone: string,
) {
  return {
    definition: cohortDefinition,
    from: days.from,
    to: days.to,
    timeZone,
    unit,
    mode,
    cohorts,
    who,
    data: rows.map((row) => ({
      from: row.days.from,
      to: row.days.to,
      size: row.size,
      active: row.active,
      fillingAt: row.fillingAt,
      shares: row.active.map((active) => (row.size > 0 ? active / row.size : null)),
    })),
  };
}

/**
 * The arms of an experiment and what tells them apart; null without one. Differences of money are
 * decimal text too.
 */
export function experimentJson(results: ExperimentResults | null, asset: Asset) {
  const testJson = (test: ArmTest | null, amount: boolean) => {
    const figure = (value: number) =>
      amount ? decimal({ minor: BigInt(Math.round(value)), asset }) : value;
    return (
      test && {
        difference: figure(test.difference),
        interval: [figure(test.interval.low), figure(test.interval.high)],
        level: test.level,
        method: test.method,
        p: test.p,
        verdict: test.verdict,
      }
    );
  };
  return {
    definition: experimentDefinition,
    experiment: results && {
      ...results.experiment,
      since: results.since.toISOString(),
      running: results.running,
    },
    arms: results?.arms.map(armJson) ?? [],
    comparisons:
      results?.comparisons.map(({ arm, baseline, conversion, revenue }) => ({
        arm,
        baseline,
        conversion: testJson(conversion, false),
        revenuePerAdvocate: testJson(revenue, true),
      })) ?? [],
    plan: results?.plan ?? null,
    unevenDraw: results?.unevenDraw ?? null,
  };
}

function armJson({
  id,
  name,
  shareBp,
  advocates,
  friends,
  qualified,
  rewards,
  costPerQualified,
  ...readings
}: ArmReading) {
  // The fields keep the names under which they were published.
  const published = { ...readings, costPerConfirmed: costPerQualified };
  const named = Object.entries(published).map(
    ([key, reading]) => [key, readingJson(reading)] as const,
  );
  return {
    id,
    name,
    shareBp,
    advocates,
    friends,
    confirmed: qualified,
    rewards,
    ...Object.fromEntries(named),
  };
}
