import { atOnce, type Steps } from "@/lib/core/math/in-turns";
import { type Answer, known, unknown } from "../answer";
import { logGamma } from "../numerics/gamma-functions";
import { hypergeometric2F1 } from "../numerics/hypergeometric";
import {
  every,
  grouped,
  type PurchaseHistory,
  requireHistory,
  type Rows,
  scaled,
} from "./purchase-history";
import { type Minimum, minimizing } from "../numerics/nelder-mead";

/**
 * r, alpha: gamma spread of purchase rates; a, b: beta spread of drop-out. alpha is in the unit of
 * time.
 */
export type BgNbdParameters = { r: number; alpha: number; a: number; b: number };
export type BgNbdFit = {
  parameters: BgNbdParameters;
  logLikelihood: number;
  customers: number;
  repeaters: number;
  evaluations: number;
};
export type BgNbdRefusal =
  "too_few_customers" | "too_few_repeaters" | "not_identified" | "no_convergence";

const MIN_CUSTOMERS = 50;
const MIN_REPEATERS = 20;
/**
 * Log-parameters beyond ±9 (in units of a tenth of the longest age) mean that the data do not hold
 * the model.
 */
const LOG_BOUND = 9;
const SCREENING_ROWS = 3000;

/**
 * Maximum likelihood for BG/NBD (Fader, Hardie & Lee 2005, Marketing Science 24(2), eq. 6): ln L =
 * lnΓ(r+x) − lnΓ(r) + r ln α + lnB(a, b+x) − lnB(a, b) + ln[(α+T)^−(r+x) + 1{x>0} · a/(b+x−1) ·
 * (α+t_x)^−(r+x)]. Equal rows are grouped; a fit on at most 3,000 of them gives the start of the
 * fit on all, so 100,000 customers take a few seconds. Refuses with a reason instead of giving
 * parameters that mean nothing. Throws RangeError for impossible histories (recency beyond age, a
 * recency without a repeat purchase, broken counts).
 */
export function* fittingBgNbd(
  histories: readonly PurchaseHistory[],
): Steps<Answer<BgNbdFit, BgNbdRefusal>> {
  const rows = grouped(histories);
  const customers = rows.weight.reduce((sum, w) => sum + w, 0);
  const repeaters = rows.weight.reduce(
    (sum, w, i) => sum + ((rows.frequency[i] as number) > 0 ? w : 0),
    0,
  );
  if (customers < MIN_CUSTOMERS) return unknown("too_few_customers");
  if (repeaters < MIN_REPEATERS) return unknown("too_few_repeaters");

  const unit = rows.age.reduce((longest, age) => Math.max(longest, age), 0) / 10;
  if (unit === 0) return unknown("not_identified");
  const all = scaled(rows, unit);
  const screening = every(all, Math.ceil(all.weight.length / SCREENING_ROWS));
  const starts = [
    [0, 0, 0, 0],
    [-1.5, -0.5, -0.3, 1],
    [0.5, 2, -2, 1.5],
  ];
  let best: Minimum | null = null;
  let evaluations = 0;
  for (const start of starts) {
    const found: Minimum = yield* minimizing((p) => negativeLogLikelihood(screening, p), start, {
      tolerance: 1e-4,
    });
    evaluations += found.evaluations;
    if (!best || found.value < best.value) best = found;
  }
  // A second simplex from where the first came to rest guards against having stopped on a slope.
  for (const step of [0.2, 0.05]) {
    best = yield* minimizing((p) => negativeLogLikelihood(all, p), best?.at ?? [], {
      step,
      maxEvaluations: 3000,
    });
    evaluations += best.evaluations;
  }
  if (!best || !Number.isFinite(best.value)) return unknown("no_convergence");
  if (best.at.some((p) => Math.abs(p) > LOG_BOUND)) return unknown("not_identified");
  if (!best.converged) return unknown("no_convergence");
  const [r, alpha, a, b] = best.at.map(Math.exp) as [number, number, number, number];
  const parameters = { r, alpha: alpha * unit, a, b };
  const logLikelihood = -negativeLogLikelihood(
    scaled(rows, 1),
    Object.values(parameters).map(Math.log),
  );
  return known({ parameters, logLikelihood, customers, repeaters, evaluations });
}

/** The same at once. */
export function fitBgNbd(histories: readonly PurchaseHistory[]): Answer<BgNbdFit, BgNbdRefusal> {
  return atOnce(fittingBgNbd(histories));
}

/**
 * Expected purchases of a customer just won, in the time `t` after the first purchase (eq. 9; the
 * first purchase is not counted). Same unit of time as the parameters.
 */
export function expectedPurchases(parameters: BgNbdParameters, t: number): number {
  requireParameters(parameters);
  if (!(t >= 0)) throw new RangeError(`time must be ≥ 0: ${t}`);
  return growth(parameters, 0, t / (parameters.alpha + t));
}

/**
 * Expected purchases in the next `t` of a customer with this history (eq. 10). Written as
 * (a+b+x−1)/(a−1) · [1 − (1−z)^(a−1) · ₂F₁(a+b−1−r, a−1; a+b+x−1; z)] · P(alive), z = t/(α+T+t):
 * Euler's transformation of the published form, which would overflow for customers with hundreds of
 * purchases.
 */
export function conditionalExpectedPurchases(
  parameters: BgNbdParameters,
  history: PurchaseHistory,
  t: number,
): number {
  if (!(t >= 0)) throw new RangeError(`time must be ≥ 0: ${t}`);
  const alive = probabilityAlive(parameters, history);
  return alive * growth(parameters, history.frequency, t / (parameters.alpha + history.age + t));
}

/**
 * The chance that a customer has not dropped out (Fader, Hardie & Lee 2008 note): 1 / (1 +
 * a/(b+x−1) · ((α+T)/(α+t_x))^(r+x)); 1 for a customer without a repeat purchase, since in this
 * model drop-out happens only right after one.
 */
export function probabilityAlive(parameters: BgNbdParameters, history: PurchaseHistory): number {
  requireParameters(parameters);
  requireHistory(history);
  const { r, alpha, a, b } = parameters;
  const { frequency: x, recency, age } = history;
  if (x === 0) return 1;
  const odds =
    Math.log(a) - Math.log(b + x - 1) + (r + x) * Math.log((alpha + age) / (alpha + recency));
  return 1 / (1 + Math.exp(odds));
}

/**
 * Purchases of a living customer; a = 1 and a + b + x = 1 are removable gaps, bridged from both
 * sides.
 */
function growth({ r, alpha, a, b }: BgNbdParameters, x: number, z: number): number {
  const bridge = 1e-4;
  if (Math.abs(a - 1) < 1e-6) {
    return (
      (growth({ r, alpha, a: a - bridge, b }, x, z) +
        growth({ r, alpha, a: a + bridge, b }, x, z)) /
      2
    );
  }
  const c = a + b + x - 1;
  if (Math.abs(c) < 1e-6) {
    return (
      (growth({ r, alpha, a, b: b - bridge }, x, z) +
        growth({ r, alpha, a, b: b + bridge }, x, z)) /
      2
    );
  }
  const stay = (1 - z) ** (a - 1) * hypergeometric2F1(a + b - 1 - r, a - 1, c, z);
  return Math.max(0, (c / (a - 1)) * (1 - stay));
}

/**
 * At the natural logarithms of r, alpha, a, b. The gamma terms change only with the frequency, so
 * rows are sorted.
 */
function negativeLogLikelihood(rows: Rows, logs: readonly number[]): number {
  if (logs.some((p) => Math.abs(p) > LOG_BOUND + 5)) return Number.POSITIVE_INFINITY;
  const [r, alpha, a, b] = logs.map(Math.exp) as [number, number, number, number];
  const fixed = r * Math.log(alpha) - logGamma(r) + logGamma(a + b) - logGamma(b);
  let sum = 0;
  let current = -1;
  let perFrequency = 0;
  let logOdds = 0;
  for (let i = 0; i < rows.weight.length; i += 1) {
    const x = rows.frequency[i] as number;
    if (x !== current) {
      current = x;
      perFrequency = fixed + logGamma(r + x) + logGamma(b + x) - logGamma(a + b + x);
      logOdds = Math.log(a) - Math.log(b + x - 1);
    }
    const whole = Math.log(alpha + (rows.age[i] as number));
    let term = perFrequency - (r + x) * whole;
    if (x > 0) {
      const gone = logOdds + (r + x) * (whole - Math.log(alpha + (rows.recency[i] as number)));
      term += gone > 0 ? gone + Math.log1p(Math.exp(-gone)) : Math.log1p(Math.exp(gone));
    }
    sum += (rows.weight[i] as number) * term;
  }
  return -sum;
}

function requireParameters(parameters: BgNbdParameters): void {
  if (!Object.values(parameters).every((p) => p > 0 && Number.isFinite(p))) {
    throw new RangeError("BG/NBD parameters must be positive and finite");
  }
}
