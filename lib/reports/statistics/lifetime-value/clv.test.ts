import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "@/lib/core/math/random";
import {
  type BgNbdParameters,
  conditionalExpectedPurchases,
  expectedPurchases,
  fitBgNbd,
  probabilityAlive,
} from "./bg-nbd";
import { checkHoldout, marginMultiple, predictClv, summarizePurchases } from "./clv";
import { conditionalMeanSpend, fitGammaGamma, populationMeanSpend } from "./gamma-gamma";

const published: BgNbdParameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const spend = { p: 6.25, q: 3.74, gamma: 15.44 };

const parameters = fc.record({
  r: fc.double({ min: 0.05, max: 5, noNaN: true }),
  alpha: fc.double({ min: 0.5, max: 50, noNaN: true }),
  a: fc.double({ min: 0.05, max: 5, noNaN: true }),
  b: fc.double({ min: 0.05, max: 8, noNaN: true }),
});
const history = fc
  .record({
    frequency: fc.integer({ min: 0, max: 60 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    age: fc.double({ min: 1, max: 400, noNaN: true }),
  })
  .map(({ frequency, share, age }) => ({
    frequency,
    age,
    recency: frequency === 0 ? 0 : share * age,
  }));

/** Customers that really buy and drop out as the model says. */
function simulate(customers: number, { a, b }: { a: number; b: number }) {
  const random = seededRandom("simulated customers");
  const exponential = () => -Math.log1p(-random());
  return Array.from({ length: customers }, () => {
    const age = 100 + Math.floor(random() * 265);
    const rate = (exponential() + exponential()) / 60;
    const leave = 1 - random() ** (1 / b);
    let at = 0;
    let frequency = 0;
    let recency = 0;
    while (frequency < 300) {
      at += exponential() / rate;
      if (at > age) break;
      recency = Math.ceil(at);
      frequency += 1;
      if (random() < leave * a) break;
    }
    return { frequency, recency: Math.min(recency, age), age };
  });
}

describe("BG/NBD", () => {
  it("P(alive) is a probability, expectation is positive and grows with time", () => {
    fc.assert(
      fc.property(
        parameters,
        history,
        fc.double({ min: 0.1, max: 400, noNaN: true }),
        (p, h, t) => {
          const alive = probabilityAlive(p, h);
          expect(alive).toBeGreaterThanOrEqual(0);
          expect(alive).toBeLessThanOrEqual(1);
          const soon = conditionalExpectedPurchases(p, h, t);
          const later = conditionalExpectedPurchases(p, h, t * 2);
          expect(Number.isFinite(later)).toBe(true);
          expect(soon).toBeGreaterThanOrEqual(0);
          expect(later).toBeGreaterThanOrEqual(soon * (1 - 1e-9));
          expect(later).toBeLessThanOrEqual(soon * 2 * (1 + 1e-6) + 1e-9);
        },
      ),
    );
  });

  it("a customer just won is a customer with no history", () => {
    fc.assert(
      fc.property(parameters, fc.double({ min: 0.1, max: 400, noNaN: true }), (p, t) => {
        const fresh = conditionalExpectedPurchases(p, { frequency: 0, recency: 0, age: 0 }, t);
        expect(fresh).toBeCloseTo(expectedPurchases(p, t), 9);
      }),
    );
  });

  it("is smooth across a = 1 and a + b = 1, where the formula divides by zero", () => {
    for (const [a, b] of [
      [1, 2.4],
      [0.4, 0.6],
    ] as const) {
      const at = expectedPurchases({ ...published, a, b }, 52);
      const beside = expectedPurchases({ ...published, a: a + 1e-3, b }, 52);
      expect(Math.abs(at - beside)).toBeLessThan(5e-3 * at);
    }
  });

  it("does not overflow for a very busy customer, and fades one long gone", () => {
    const busy = conditionalExpectedPurchases(
      published,
      { frequency: 900, recency: 364, age: 365 },
      365,
    );
    expect(busy).toBeGreaterThan(100);
    expect(Number.isFinite(busy)).toBe(true);
    expect(probabilityAlive(published, { frequency: 900, recency: 10, age: 365 })).toBe(0);
    expect(expectedPurchases(published, 0)).toBe(0);
  });

  it("refuses with a reason instead of guessing", () => {
    const one = { frequency: 1, recency: 5, age: 30 };
    expect(fitBgNbd([]).reason).toBe("too_few_customers");
    expect(fitBgNbd([one]).reason).toBe("too_few_customers");
    const quiet = Array.from({ length: 500 }, (_, i) => ({ frequency: 0, recency: 0, age: i }));
    expect(fitBgNbd(quiet).reason).toBe("too_few_repeaters");
    const same = Array.from({ length: 500 }, () => ({ frequency: 3, recency: 30, age: 30 }));
    expect(fitBgNbd(same).value).toBeNull();
    expect(() => fitBgNbd([{ frequency: 1, recency: 31, age: 30 }])).toThrow(RangeError);
    expect(() => fitBgNbd([{ frequency: 0, recency: 3, age: 30 }])).toThrow(RangeError);
    expect(() => fitBgNbd([{ frequency: 0.5, recency: 3, age: 30 }])).toThrow(RangeError);
  });

  it("ignores the order of customers, rows given as a count, and the unit of time", () => {
    const customers = simulate(600, { a: 1, b: 3 });
    const fit = fitBgNbd(customers).value;
    const turned = fitBgNbd([...customers].reverse()).value;
    const halves = fitBgNbd(
      customers.flatMap((c) => [
        { ...c, customers: 0.5 },
        { ...c, customers: 0.5 },
      ]),
    ).value;
    const weeks = fitBgNbd(
      customers.map((c) => ({ ...c, recency: c.recency / 7, age: c.age / 7 })),
    ).value;
    expect(fit).not.toBeNull();
    expect(turned).toEqual(fit);
    expect(halves?.logLikelihood).toBeCloseTo(fit?.logLikelihood ?? 0, 6);
    expect(weeks?.parameters.r).toBeCloseTo(fit?.parameters.r ?? 0, 4);
    expect((weeks?.parameters.alpha ?? 0) * 7).toBeCloseTo(fit?.parameters.alpha ?? 0, 2);
  });

  it("fits 100,000 customers in seconds", { timeout: 60_000 }, () => {
    const customers = simulate(100_000, { a: 1, b: 3 });
    const started = performance.now();
    const fit = fitBgNbd(customers);
    const seconds = (performance.now() - started) / 1000;
    expect(fit.reason).toBeNull();
    expect(seconds).toBeLessThan(30);
  });
});

describe("Gamma-Gamma", () => {
  it("pulls a customer's own mean towards the population's, less with more purchases", () => {
    const population = populationMeanSpend(spend).value ?? 0;
    const once = conditionalMeanSpend(spend, { frequency: 1, meanSpend: 100 }).value ?? 0;
    const often = conditionalMeanSpend(spend, { frequency: 50, meanSpend: 100 }).value ?? 0;
    expect(once).toBeGreaterThan(population);
    expect(often).toBeGreaterThan(once);
    expect(often).toBeLessThan(100);
    expect(conditionalMeanSpend(spend, { frequency: 0, meanSpend: null }).value).toBe(population);
    expect(conditionalMeanSpend(spend, { frequency: 2, meanSpend: null }).reason).toBe(
      "spend_missing",
    );
    expect(populationMeanSpend({ ...spend, q: 0.9 }).reason).toBe("infinite_mean");
  });

  it("refuses too few, or all alike; leaves out gifts and counts them", () => {
    const row = (meanSpend: number) => ({ frequency: 2, meanSpend });
    expect(fitGammaGamma([row(10)]).reason).toBe("too_few_repeaters");
    expect(fitGammaGamma(Array.from({ length: 40 }, () => row(10))).reason).toBe("no_variation");
    expect(() => fitGammaGamma([{ frequency: 0, meanSpend: 3 }])).toThrow(RangeError);
  });
});

describe("value", () => {
  it("merges orders of one day, ignores the future, and knows nothing of a stranger", () => {
    const purchases = [
      { day: 10, amount: 5 },
      { day: 10, amount: 7 },
      { day: 13, amount: 4 },
      { day: 13, amount: 6 },
      { day: 20, amount: 30 },
      { day: 99, amount: 1 },
    ];
    expect(summarizePurchases(purchases, 40)).toEqual({
      frequency: 2,
      recency: 10,
      age: 30,
      meanSpend: 20,
    });
    expect(summarizePurchases(purchases.slice(0, 2), 40)).toEqual({
      frequency: 0,
      recency: 0,
      age: 30,
      meanSpend: null,
    });
    expect(summarizePurchases(purchases, 9)).toBeNull();
  });

  it("discounting lowers it, margin scales it, no months are worth nothing", () => {
    const models = { purchases: published, spend };
    const customer = { frequency: 2, recency: 30.43, age: 38.86, meanSpend: 22.35 };
    const weeks = { monthLength: 365.25 / 84 };
    const plain = predictClv(models, customer, { ...weeks, monthlyDiscount: 0, margin: 1 }).value;
    const discounted = predictClv(models, customer, {
      ...weeks,
      monthlyDiscount: 0.01,
      margin: 0.3,
    }).value;
    const year = conditionalExpectedPurchases(published, customer, 365.25 / 7);
    const mean = conditionalMeanSpend(spend, customer).value ?? 0;
    expect(plain?.value).toBeCloseTo(year * mean, 8);
    expect(discounted?.value).toBeLessThan((plain?.value ?? 0) * 0.3);
    expect(discounted?.value).toBeGreaterThan(((plain?.value ?? 0) * 0.3) / 1.01 ** 12);
    expect(
      predictClv(models, customer, { months: 0, monthlyDiscount: 0, margin: 1 }).value?.value,
    ).toBe(0);
    expect(marginMultiple(1, 0).reason).toBe("never_ends");
    expect(() => marginMultiple(1.2, 0.1)).toThrow(RangeError);
    expect(checkHoldout(published, [], 39).reason).toBe("no_customers");
  });
});
