import { type Answer, known, unknown } from "../answer";
import { logBeta } from "../numerics/gamma-functions";
import { hypergeometric2F1 } from "../numerics/hypergeometric";
import { minimize } from "../numerics/nelder-mead";

/** Beta spread of each contract's chance to end at a renewal: mean α/(α+β). */
export type SbgParameters = { alpha: number; beta: number };
export type SbgFit = { parameters: SbgParameters; logLikelihood: number; customers: number };
export type SbgRefusal =
  "too_few_renewals" | "no_churn" | "all_churned" | "not_identified" | "no_convergence";

const LOG_BOUND = 9;

/**
 * Maximum likelihood for the shifted-beta-geometric model of contract churn (Fader & Hardie 2007,
 * J. Interactive Marketing 21(1)). Each cohort is its count still under contract after 0, 1, 2, …
 * renewals, so `[1000, 869, 743]` lost 131 at the first renewal. Cohorts may have different lengths
 * (note 017). ln L = Σ (n_{t−1} − n_t) ln P(T=t) + n_last ln S(last). Needs two renewals in at
 * least one cohort: one point cannot tell two parameters apart. Throws RangeError for counts that
 * rise or are negative.
 */
export function fitShiftedBetaGeometric(
  cohorts: readonly (readonly number[])[],
): Answer<SbgFit, SbgRefusal> {
  for (const cohort of cohorts) requireSurvivors(cohort);
  const customers = cohorts.reduce((sum, cohort) => sum + (cohort[0] ?? 0), 0);
  if (customers === 0 || Math.max(0, ...cohorts.map((c) => c.length)) < 3)
    return unknown("too_few_renewals");
  const lost = cohorts.reduce((sum, c) => sum + (c[0] ?? 0) - (c[c.length - 1] ?? 0), 0);
  if (lost === 0) return unknown("no_churn");
  if (cohorts.every((c) => c.length < 2 || c[1] === 0)) return unknown("all_churned");

  const objective = (logs: readonly number[]) => {
    if (logs.some((log) => Math.abs(log) > LOG_BOUND + 5)) return Number.POSITIVE_INFINITY;
    const [alpha, beta] = logs.map(Math.exp) as [number, number];
    return -logLikelihood(cohorts, { alpha, beta });
  };
  const first = minimize(objective, [0, 0]);
  const best = minimize(objective, first.at, { step: 0.1 });
  if (!Number.isFinite(best.value)) return unknown("no_convergence");
  if (best.at.some((log) => Math.abs(log) > LOG_BOUND)) return unknown("not_identified");
  if (!best.converged) return unknown("no_convergence");
  const [alpha, beta] = best.at.map(Math.exp) as [number, number];
  return known({ parameters: { alpha, beta }, logLikelihood: -best.value, customers });
}

/** Share of a cohort still under contract after `renewals` renewals: S(t) = B(α, β+t)/B(α, β). */
export function contractSurvival({ alpha, beta }: SbgParameters, renewals: number): number {
  requireRenewals(renewals);
  return Math.exp(logBeta(alpha, beta + renewals) - logBeta(alpha, beta));
}

/**
 * Share of those under contract before renewal `renewal` (1, 2, …) that renew: r(t) =
 * (β+t−1)/(α+β+t−1).
 */
export function contractRetention({ alpha, beta }: SbgParameters, renewal: number): number {
  requireRenewals(renewal - 1);
  return (beta + renewal - 1) / (alpha + beta + renewal - 1);
}

/**
 * Discounted expected residual lifetime (Fader & Hardie 2010, Marketing Science 29(1)), in
 * renewals: the payments still to come of a customer who is in period `period` (has renewed period
 * − 1 times) and is about to decide: DERL = (β+n−1)/(α+β+n−1) · ₂F₁(1, β+n; α+β+n; 1/(1+d)), first
 * payment undiscounted. `discount` per period, > 0.
 */
export function discountedResidualLifetime(
  { alpha, beta }: SbgParameters,
  discount: number,
  period: number,
): number {
  requireRenewals(period - 1);
  if (!(discount > 0)) throw new RangeError(`discount must be > 0: ${discount}`);
  const sum = hypergeometric2F1(1, beta + period, alpha + beta + period, 1 / (1 + discount));
  return ((beta + period - 1) / (alpha + beta + period - 1)) * sum;
}

function logLikelihood(
  cohorts: readonly (readonly number[])[],
  { alpha, beta }: SbgParameters,
): number {
  const base = logBeta(alpha, beta);
  let sum = 0;
  for (const cohort of cohorts) {
    for (let t = 1; t < cohort.length; t += 1) {
      const ended = (cohort[t - 1] as number) - (cohort[t] as number);
      if (ended > 0) sum += ended * (logBeta(alpha + 1, beta + t - 1) - base);
    }
    const left = cohort[cohort.length - 1] ?? 0;
    if (left > 0) sum += left * (logBeta(alpha, beta + cohort.length - 1) - base);
  }
  return sum;
}

function requireSurvivors(cohort: readonly number[]): void {
  const valid = cohort.every(
    (n, t) => Number.isFinite(n) && n >= 0 && (t === 0 || n <= (cohort[t - 1] as number)),
  );
  if (!valid) throw new RangeError("a cohort's survivors may not rise, be negative or unfinite");
}

function requireRenewals(renewals: number): void {
  if (!(Number.isInteger(renewals) && renewals >= 0))
    throw new RangeError(`not a count of renewals: ${renewals}`);
}
