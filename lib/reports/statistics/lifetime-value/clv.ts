import { type Answer, known, unknown } from "../answer";
import { type BgNbdParameters, conditionalExpectedPurchases } from "./bg-nbd";
import type { PurchaseHistory } from "./purchase-history";
import { conditionalMeanSpend, type GammaGammaParameters } from "./gamma-gamma";

export type Purchase = { day: number; amount: number };
export type PurchaseSummary = PurchaseHistory & {
  /** Mean amount of the repeat purchase days; null without any. */
  meanSpend: number | null;
};

/**
 * Sums up a customer's purchases for BG/NBD and Gamma-Gamma: frequency counts repeat purchase
 * *days* (orders of one day are merged and their amounts added), recency and age are in days, spend
 * is over repeat days only. `day` is any whole day number in the merchant's zone; purchases after
 * `endDay` are left out. Null without a purchase by then.
 */
export function summarizePurchases(
  purchases: readonly Purchase[],
  endDay: number,
): PurchaseSummary | null {
  const byDay = new Map<number, number>();
  for (const { day, amount } of purchases) {
    if (!Number.isInteger(day) || !Number.isFinite(amount))
      throw new RangeError("a purchase needs a whole day and an amount");
    if (day <= endDay) byDay.set(day, (byDay.get(day) ?? 0) + amount);
  }
  if (byDay.size === 0) return null;
  const days = [...byDay.keys()].sort((a, b) => a - b);
  const first = days[0] as number;
  const frequency = days.length - 1;
  const repeatSpend = days.slice(1).reduce((sum, day) => sum + (byDay.get(day) ?? 0), 0);
  return {
    frequency,
    recency: (days[frequency] as number) - first,
    age: endDay - first,
    meanSpend: frequency > 0 ? repeatSpend / frequency : null,
  };
}

export type PredictedClv = {
  /** Discounted margin of the months ahead, same currency unit as the spend. */
  value: number;
  /** Undiscounted expected purchases in the same time. */
  purchases: number;
  meanSpend: number;
};

/**
 * Predicted value of a customer over the next `months`: Σ_m [E(m) − E(m−1)] × expected spend ×
 * margin / (1+d)^m, with E the conditional expected purchases of BG/NBD and each month's margin
 * discounted to its end. `monthLength` is a month in the parameters' unit of time (365.25/12 for
 * days); `monthlyDiscount` 0.01 = 1 % a month; `margin` 0.3 = 30 %. Unknown where the spend has no
 * finite mean.
 */
export function predictClv(
  models: { purchases: BgNbdParameters; spend: GammaGammaParameters },
  customer: PurchaseSummary,
  options: { months?: number; monthLength?: number; monthlyDiscount: number; margin: number },
): Answer<PredictedClv, "infinite_mean" | "spend_missing"> {
  const { months = 12, monthLength = 365.25 / 12, monthlyDiscount, margin } = options;
  if (!(Number.isInteger(months) && months >= 0 && monthLength > 0 && monthlyDiscount > -1)) {
    throw new RangeError("predictClv needs whole months, a month's length and a discount above −1");
  }
  const spend = conditionalMeanSpend(models.spend, customer);
  if (spend.value === null) return spend;
  let purchases = 0;
  let value = 0;
  for (let month = 1; month <= months; month += 1) {
    const until = conditionalExpectedPurchases(models.purchases, customer, month * monthLength);
    value += ((until - purchases) * spend.value * margin) / (1 + monthlyDiscount) ** month;
    purchases = until;
  }
  return known({ value, purchases, meanSpend: spend.value });
}

/**
 * Margin multiple of a contract with constant retention, r/(1 + i − r) (Gupta & Lehmann 2005):
 * margin per period times this is the lifetime value, the first payment not counted. Unknown where
 * it never ends (r ≥ 1 + i).
 */
export function marginMultiple(retention: number, discount: number): Answer<number, "never_ends"> {
  if (!(retention >= 0 && retention <= 1 && discount > -1)) {
    throw new RangeError(
      `retention lies in 0 to 1 and discount above −1: ${retention}, ${discount}`,
    );
  }
  return 1 + discount > retention
    ? known(retention / (1 + discount - retention))
    : unknown("never_ends");
}

type HoldoutRow = { frequency: string; customers: number; expected: number; actual: number };
export type HoldoutCheck = {
  customers: number;
  /** Purchases in the holdout, expected and actual, added over all customers. */
  expectedTotal: number;
  actualTotal: number;
  /** Expected / actual − 1; null where nobody bought. */
  error: number | null;
  /** Mean purchases per customer by calibration frequency 0, 1, … with the last bucket open. */
  rows: HoldoutRow[];
};

/**
 * Checks a BG/NBD fit against what customers did afterwards: mean purchases in a holdout of length
 * `duration`, expected from the calibration history and actual, by calibration frequency up to
 * `lastBucket` and more (7, as in figure 3 of Fader, Hardie & Lee 2005). Unknown without customers.
 */
export function checkHoldout(
  parameters: BgNbdParameters,
  customers: readonly (PurchaseHistory & { holdoutPurchases: number })[],
  duration: number,
  lastBucket = 7,
): Answer<HoldoutCheck, "no_customers"> {
  if (customers.length === 0) return unknown("no_customers");
  const buckets = Array.from({ length: lastBucket + 1 }, () => ({
    customers: 0,
    expected: 0,
    actual: 0,
  }));
  for (const customer of customers) {
    const bucket = buckets[Math.min(customer.frequency, lastBucket)];
    const weight = customer.customers ?? 1;
    if (!bucket) throw new RangeError("frequency may not be negative");
    bucket.customers += weight;
    bucket.actual += weight * customer.holdoutPurchases;
    bucket.expected += weight * conditionalExpectedPurchases(parameters, customer, duration);
  }
  const total = (key: "customers" | "expected" | "actual") =>
    buckets.reduce((sum, b) => sum + b[key], 0);
  const actualTotal = total("actual");
  const expectedTotal = total("expected");
  return known({
    customers: total("customers"),
    expectedTotal,
    actualTotal,
    error: actualTotal > 0 ? expectedTotal / actualTotal - 1 : null,
    rows: buckets
      .map((bucket, i) => ({
        frequency: i === lastBucket ? `${i}+` : `${i}`,
        customers: bucket.customers,
        expected: bucket.expected / bucket.customers,
        actual: bucket.actual / bucket.customers,
      }))
      .filter((row) => row.customers > 0),
  });
}
