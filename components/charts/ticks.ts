import type { ChartTable } from "./table";

/** How many lines a chart's grid has, about. */
const WANTED = 4;

/** A band may reach this far beyond its line before it is cut off at the chart's edge. */
const BAND_REACH = 2;

/** What is shorter than this is rounding, not a difference that somebody could read. */
const LEAST_RANGE = 1e-9;

export type Scale = {
  /** Where the grid's lines are, the lowest and the highest at the chart's edges. */
  ticks: number[];
  /** How many digits after the point tell one from the next. */
  digits: number;
};

/**
 * A scale with round steps (1, 2 or 5 × 10ⁿ) that shows 0 and every value. A wide interval does not
 * press the line it belongs to flat: it is cut off.
 */
export function scaleOf(table: ChartTable): Scale {
  const values = known(table, ({ key }) => [key]);
  const bands = known(table, ({ interval }) => (interval ? [interval.low, interval.high] : []));
  const top = Math.max(0, ...values);
  const bottom = Math.min(0, ...values);
  const high = Math.max(top, Math.min(Math.max(0, ...bands), top * BAND_REACH));
  const low = Math.min(bottom, Math.max(Math.min(0, ...bands), bottom * BAND_REACH));
  return between(low, high, table.unit.kind === "count" ? 1 : 0);
}

function known(table: ChartTable, keysOf: (series: ChartTable["series"][number]) => string[]) {
  const keys = table.series.flatMap(keysOf);
  return table.rows.flatMap(({ values }) =>
    keys.flatMap((key) => (typeof values[key] === "number" ? [values[key]] : [])),
  );
}

/** @param leastStep no finer than this; 0 for any */
function between(low: number, high: number, leastStep: number): Scale {
  if (high - low < LEAST_RANGE) return { ticks: [0, 1], digits: 0 };
  const step = Math.max(leastStep, roundStep((high - low) / WANTED));
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return {
    // From whole numbers, so that 3 × 0.1 does not become 0.30000000000000004.
    ticks: Array.from({ length: last - first + 1 }, (_, index) =>
      Number(((first + index) * step).toPrecision(12)),
    ),
    digits: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)),
  };
}

/** The round step that is at least as long. */
function roundStep(length: number): number {
  const power = 10 ** Math.floor(Math.log10(length));
  return power * ([1, 2, 5].find((factor) => factor * power >= length * (1 - 1e-9)) ?? 10);
}
