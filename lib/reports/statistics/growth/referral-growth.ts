import { type Answer, known, requireNonNegative, unknown } from "../answer";

export type ViralCoefficient = {
  /** Qualified friends per customer. Above 1 each generation is larger than the one before. */
  k: number;
  sharesPerCustomer: number;
  /** Null while nobody has shared. */
  qualifiedPerShare: number | null;
};

/** K = shares per customer × qualified friends per share (Skok 2009). Unknown without customers. */
export function viralCoefficient(
  customers: number,
  shares: number,
  qualified: number,
): Answer<ViralCoefficient, "no_customers"> {
  requireNonNegative("customers", customers);
  requireNonNegative("shares", shares);
  requireNonNegative("qualified", qualified);
  if (customers === 0) return unknown("no_customers");
  return known({
    k: qualified / customers,
    sharesPerCustomer: shares / customers,
    qualifiedPerShare: shares > 0 ? qualified / shares : null,
  });
}

/**
 * Customers after `time` if every customer brings K more, once, a cycle after joining: C(t) = C₀
 * (K^(t/ct + 1) − 1)/(K − 1), and C₀ (t/ct + 1) at K = 1 (Skok 2009). `time` and `cycleTime` share
 * a unit.
 */
export function viralGrowth(customers: number, k: number, time: number, cycleTime: number): number {
  requireNonNegative("customers", customers);
  requireNonNegative("k", k);
  requireNonNegative("time", time);
  if (!(cycleTime > 0)) throw new RangeError(`a cycle takes time: ${cycleTime}`);
  const generations = time / cycleTime + 1;
  if (k === 1) return customers * generations;
  // Near 1 the plain power would cancel; for whole powers it is exact.
  const grown =
    Math.abs(k - 1) < 1e-3 ? Math.expm1(generations * Math.log1p(k - 1)) : k ** generations - 1;
  return (customers * grown) / (k - 1);
}

/**
 * (gain − cost)/cost, 0.6 = 60 %. `gain` is margin, not revenue. Unknown where nothing was spent.
 */
export function returnOnInvestment(gain: number, cost: number): Answer<number, "no_cost"> {
  if (!Number.isFinite(gain)) throw new RangeError(`gain must be finite: ${gain}`);
  requireNonNegative("cost", cost);
  return cost > 0 ? known((gain - cost) / cost) : unknown("no_cost");
}
