import { type Asset, divide, money, shareOf } from "@/lib/core/money";
import { around, LEVEL } from "./interval";
import { asNumber, type Change, type Metric, type Reading, type Reason, type Unit } from "./metric";
import { criticalZ, newcombeDifference, wilsonInterval } from "./statistics/comparisons/proportion";
import { ratioInterval } from "./statistics/comparisons/two-means";

/** The sums of a range's facts, people by people. */
export type Tally = {
  /** Rows. */
  facts: number;
  /** Different people (or browsers). */
  people: number;
  /** People with anything in the numerator. */
  reached: number;
  /** Denominator and numerator, exact. */
  x: bigint;
  y: bigint;
  /** Sums over people of the squares and of the product. */
  xx: number;
  yy: number;
  xy: number;
};

export const NOTHING: Tally = {
  facts: 0,
  people: 0,
  reached: 0,
  x: 0n,
  y: 0n,
  xx: 0,
  yy: 0,
  xy: 0,
};

/** The tally of several groups that share no person. */
export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, t) => ({
      facts: sum.facts + t.facts,
      people: sum.people + t.people,
      reached: sum.reached + t.reached,
      x: sum.x + t.x,
      y: sum.y + t.y,
      xx: sum.xx + t.xx,
      yy: sum.yy + t.yy,
      xy: sum.xy + t.xy,
    }),
    NOTHING,
  );
}

/** The tally with its numerator times `basisPoints` / 10,000, rounded once: revenue to margin. */
export function scaleNumerator(tally: Tally, basisPoints: number): Tally {
  const factor = basisPoints / 10_000;
  return {
    ...tally,
    y: shareOf(tally.y, basisPoints, "halfEven"),
    yy: tally.yy * factor * factor,
    xy: tally.xy * factor,
  };
}

/** A number that cannot be known. */
export function unknownReading(
  unit: Unit,
  reason: Reason,
  n = 0,
  known: Partial<Reading> = {},
): Reading {
  return {
    value: null,
    unknown: reason,
    unit,
    numerator: null,
    denominator: null,
    n,
    interval: null,
    standardError: null,
    ...known,
  };
}

/** numerator / denominator with Wilson's interval; unknown without a denominator. */
export function shareReading(numerator: number, denominator: number, reason: Reason): Reading {
  if (denominator === 0) return unknownReading("share", reason, 0, { numerator, denominator });
  const interval = wilsonInterval(numerator, denominator, LEVEL).value;
  const value = numerator / denominator;
  return {
    value,
    unknown: null,
    unit: "share",
    numerator,
    denominator,
    n: denominator,
    interval,
    standardError: Math.sqrt(Math.max(0, value * (1 - value)) / denominator),
  };
}

/**
 * A sum of money. Its interval takes the people as they came: a compound Poisson total, Σ ± 1.96
 * √Σx².
 */
export function totalReading(tally: Tally, asset: Asset): Reading {
  const standardError = Math.sqrt(tally.yy);
  const value = money(tally.y, asset);
  return {
    value,
    unknown: null,
    unit: "money",
    numerator: value,
    denominator: null,
    n: tally.facts,
    standardError,
    interval: tally.people < 2 ? null : around(value, standardError, "compound Poisson"),
  };
}

/**
 * Money per thing: the exact quotient rounded half to even, with the delta-method interval over
 * people.
 */
export function moneyPerReading(tally: Tally, asset: Asset, reason: Reason): Reading {
  const numerator = money(tally.y, asset);
  if (tally.x <= 0n) {
    return unknownReading("money", reason, tally.people, {
      numerator,
      denominator: Number(tally.x),
    });
  }
  const value = money(divide(tally.y, tally.x, "halfEven"), asset);
  const standardError = errorOfRatio(tally);
  return {
    value,
    unknown: null,
    unit: "money",
    numerator,
    denominator: Number(tally.x),
    n: tally.people,
    standardError,
    interval: standardError === null ? null : around(value, standardError, "delta method"),
  };
}

/** A plain ratio of counts, with the delta-method interval over people. */
export function ratioReading(tally: Tally, reason: Reason): Reading {
  const [numerator, denominator] = [Number(tally.y), Number(tally.x)];
  if (tally.x <= 0n)
    return unknownReading("ratio", reason, tally.people, { numerator, denominator });
  const value = numerator / denominator;
  const standardError = errorOfRatio(tally);
  return {
    value,
    unknown: null,
    unit: "ratio",
    numerator,
    denominator,
    n: tally.people,
    standardError,
    interval: standardError === null ? null : around(value, standardError, "delta method"),
  };
}

/** The standard error of Σy/Σx over people; null below two of them. */
export function errorOfRatio({ people, x, y, xx, yy, xy }: Tally): number | null {
  const sums = { n: people, sumX: Number(x), sumY: Number(y), sumXX: xx, sumYY: yy, sumXY: xy };
  return ratioInterval(sums, LEVEL).value?.standardError ?? null;
}

/**
 * How a number changed from one range to another. Shares: the difference with Newcombe's interval.
 * What is above 0 in both: the relative change, with the interval of the logarithm of the ratio.
 * Else the difference.
 */
export function changeBetween(before: Metric, after: Metric): Change | null {
  if (before.value === null || after.value === null) return null;
  const [first, second] = [asNumber(before.value), asNumber(after.value)];
  if (after.unit === "share") return changeOfShares(before, after, second - first);
  const [firstError, secondError] = [errorOf(before), errorOf(after)];
  const z = criticalZ(LEVEL);
  if (first > 0 && second > 0) {
    const spread =
      firstError === null || secondError === null
        ? null
        : Math.hypot(firstError / first, secondError / second);
    const at = (by: number) => Math.exp(Math.log(second / first) + by) - 1;
    return {
      kind: "relative",
      value: second / first - 1,
      interval:
        spread === null
          ? null
          : { low: at(-z * spread), high: at(z * spread), level: LEVEL, method: "log ratio" },
    };
  }
  const spread =
    firstError === null || secondError === null ? null : Math.hypot(firstError, secondError);
  const value = second - first;
  return {
    kind: "difference",
    value,
    interval:
      spread === null
        ? null
        : { low: value - z * spread, high: value + z * spread, level: LEVEL, method: "difference" },
  };
}

function changeOfShares(before: Metric, after: Metric, value: number): Change {
  const pair = (metric: Metric): [number, number] => [
    Number(metric.numerator),
    Number(metric.denominator),
  ];
  const fits = [before, after].every((metric) => pair(metric)[0] <= pair(metric)[1]);
  const newcombe = fits ? newcombeDifference(pair(before), pair(after), LEVEL).value : null;
  return { kind: "difference", value, interval: newcombe?.interval ?? null };
}

/** In major units for money, as `asNumber` gives the value. */
function errorOf({ standardError, value }: Metric): number | null {
  if (standardError === null || value === null || typeof value === "number") return standardError;
  return value.minor === 0n
    ? null
    : standardError * Math.abs(asNumber(value) / Number(value.minor));
}
