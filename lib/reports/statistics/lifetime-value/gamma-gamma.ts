import { atOnce, type Steps } from "@/lib/core/math/in-turns";
import { type Answer, known, unknown } from "../answer";
import { logGamma } from "../numerics/gamma-functions";
import { minimizing } from "../numerics/nelder-mead";

/**
 * A repeater: `frequency` repeat purchase days and the mean spend over them (a plain number of one
 * currency).
 */
export type RepeatSpend = { frequency: number; meanSpend: number; customers?: number };
export type GammaGammaParameters = { p: number; q: number; gamma: number };
export type GammaGammaFit = {
  parameters: GammaGammaParameters;
  logLikelihood: number;
  /** Mean spend over all customers, pγ/(q − 1). */
  populationMean: number;
  repeaters: number;
  /**
   * Repeaters left out because their mean spend is zero or below (gifts, refunds): the model has
   * none.
   */
  excluded: number;
  /**
   * Correlation of frequency and mean spend. The model assumes none; beyond ±0.3 take its numbers
   * with care.
   */
  correlation: number | null;
};
export type GammaGammaRefusal =
  "too_few_repeaters" | "no_variation" | "infinite_mean" | "not_identified" | "no_convergence";

const MIN_REPEATERS = 20;
const LOG_BOUND = 9;

/**
 * Maximum likelihood for the Gamma-Gamma model of spend (Fader & Hardie 2013, note 025, eq. 1a): ln
 * L = lnΓ(px+q) − lnΓ(px) − lnΓ(q) + q ln γ + (px−1) ln z̄ + px ln x − (px+q) ln(γ + x z̄), over
 * repeaters. Refuses with a reason where the estimate would mean nothing; `infinite_mean` when q ≤
 * 1. Throws RangeError for frequencies that are not whole or unfinite spend.
 */
export function* fittingGammaGamma(
  repeaters: readonly RepeatSpend[],
): Steps<Answer<GammaGammaFit, GammaGammaRefusal>> {
  const { rows, excluded } = usableRows(repeaters);
  const count = rows.reduce((sum, row) => sum + row.customers, 0);
  if (count < MIN_REPEATERS) return unknown("too_few_repeaters");
  const average = rows.reduce((sum, row) => sum + row.customers * row.meanSpend, 0) / count;
  if (rows.every((row) => Math.abs(row.meanSpend - average) <= 1e-9 * average))
    return unknown("no_variation");

  const unitFree = rows.map((row) => ({ ...row, meanSpend: row.meanSpend / average }));
  let best = yield* minimizing((logs) => -logLikelihoodAt(unitFree, logs), [1, 1, 0], {
    maxEvaluations: 4000,
  });
  best = yield* minimizing((logs) => -logLikelihoodAt(unitFree, logs), best.at, {
    step: 0.1,
    maxEvaluations: 4000,
  });
  if (!Number.isFinite(best.value)) return unknown("no_convergence");
  if (best.at.some((log) => Math.abs(log) > LOG_BOUND)) return unknown("not_identified");
  if (!best.converged) return unknown("no_convergence");
  const [p, q, relative] = best.at.map(Math.exp) as [number, number, number];
  const parameters = { p, q, gamma: relative * average };
  const mean = populationMeanSpend(parameters);
  if (mean.value === null) return mean;
  return known({
    parameters,
    logLikelihood: logLikelihoodAt(rows, Object.values(parameters).map(Math.log)),
    populationMean: mean.value,
    repeaters: count,
    excluded,
    correlation: correlation(rows),
  });
}

/** The same at once. */
export function fitGammaGamma(
  repeaters: readonly RepeatSpend[],
): Answer<GammaGammaFit, GammaGammaRefusal> {
  return atOnce(fittingGammaGamma(repeaters));
}

/** Mean spend per purchase over the population, pγ/(q − 1); it exists only for q > 1. */
export function populationMeanSpend({
  p,
  q,
  gamma,
}: GammaGammaParameters): Answer<number, "infinite_mean"> {
  return q > 1 ? known((p * gamma) / (q - 1)) : unknown("infinite_mean");
}

/**
 * Expected mean spend of one customer (note 025, eq. 5): p(γ + x z̄)/(px + q − 1), between their
 * own mean and the population's. A customer without repeat purchases gets the population mean.
 */
export function conditionalMeanSpend(
  parameters: GammaGammaParameters,
  customer: { frequency: number; meanSpend: number | null },
): Answer<number, "infinite_mean" | "spend_missing"> {
  const { p, q, gamma } = parameters;
  const { frequency, meanSpend } = customer;
  if (frequency === 0) return populationMeanSpend(parameters);
  if (meanSpend === null) return unknown("spend_missing");
  const denominator = p * frequency + q - 1;
  return denominator > 0
    ? known((p * (gamma + frequency * meanSpend)) / denominator)
    : unknown("infinite_mean");
}

type Row = Required<RepeatSpend>;

function usableRows(repeaters: readonly RepeatSpend[]): { rows: Row[]; excluded: number } {
  const rows: Row[] = [];
  let excluded = 0;
  for (const { frequency, meanSpend, customers = 1 } of repeaters) {
    if (!(
      Number.isInteger(frequency) &&
      frequency > 0 &&
      Number.isFinite(meanSpend) &&
      customers > 0
    )) {
      throw new RangeError(
        `not a repeater's spend: ${JSON.stringify({ frequency, meanSpend, customers })}`,
      );
    }
    if (meanSpend > 0) rows.push({ frequency, meanSpend, customers });
    else excluded += customers;
  }
  rows.sort((a, b) => a.frequency - b.frequency);
  return { rows, excluded };
}

/** Rows must be sorted by frequency: the gamma terms are computed once for each. */
function logLikelihoodAt(rows: readonly Row[], logs: readonly number[]): number {
  if (logs.some((log) => Math.abs(log) > LOG_BOUND + 10)) return Number.NEGATIVE_INFINITY;
  const [p, q, gamma] = logs.map(Math.exp) as [number, number, number];
  const fixed = q * Math.log(gamma) - logGamma(q);
  let sum = 0;
  let current = 0;
  let perFrequency = 0;
  for (const { frequency: x, meanSpend, customers } of rows) {
    if (x !== current) {
      current = x;
      perFrequency = fixed + logGamma(p * x + q) - logGamma(p * x) + p * x * Math.log(x);
    }
    const own = (p * x - 1) * Math.log(meanSpend) - (p * x + q) * Math.log(gamma + x * meanSpend);
    sum += customers * (perFrequency + own);
  }
  return sum;
}

function correlation(rows: readonly Row[]): number | null {
  const n = rows.reduce((sum, row) => sum + row.customers, 0);
  const meanX = rows.reduce((sum, row) => sum + row.customers * row.frequency, 0) / n;
  const meanY = rows.reduce((sum, row) => sum + row.customers * row.meanSpend, 0) / n;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (const { frequency, meanSpend, customers } of rows) {
    xx += customers * (frequency - meanX) ** 2;
    yy += customers * (meanSpend - meanY) ** 2;
    xy += customers * (frequency - meanX) * (meanSpend - meanY);
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null;
}
