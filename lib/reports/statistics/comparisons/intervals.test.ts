import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { referenceCase, sharedDataPresent } from "@/e2e/support/data/shared-data";
import { bootstrapMean, bootstrapRatio } from "./bootstrap";
import { median, moments, sampleQuantile } from "../numerics/moments";
import { newcombeDifference, proportion, waldDifference, wilsonInterval } from "./proportion";
import { meanInterval, ratioInterval, relativeLift, shareMoments, welchTest } from "./two-means";

const counts = fc
  .integer({ min: 1, max: 5000 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));

describe("proportion", () => {
  it("is unknown without observations and where the numerator is no part", () => {
    expect(proportion(0, 0)).toEqual({ value: null, reason: "no_observations" });
    expect(proportion(3, 2)).toEqual({ value: null, reason: "numerator_above_denominator" });
    expect(() => proportion(-1, 2)).toThrow(RangeError);
    expect(() => proportion(Number.NaN, 2)).toThrow(RangeError);
  });

  it("keeps a sensible interval at none and all (Newcombe 1998, table I)", () => {
    const none = wilsonInterval(0, 20).value;
    expect(none?.low).toBe(0);
    expect(none?.high).toBeCloseTo(0.1611, 4);
    const some = wilsonInterval(81, 263).value;
    expect(some?.low).toBeCloseTo(0.2553, 4);
    expect(some?.high).toBeCloseTo(0.3662, 4);
    const one = wilsonInterval(1, 29).value;
    expect(one?.low).toBeCloseTo(0.0061, 4);
    expect(one?.high).toBeCloseTo(0.1718, 4);
    expect(wilsonInterval(20, 20).value?.high).toBe(1);
  });

  it("contains its estimate and lies within 0 and 1; more level, more width", () => {
    fc.assert(
      fc.property(counts, ([x, n]) => {
        const narrow = wilsonInterval(x, n, 0.8).value;
        const wide = wilsonInterval(x, n, 0.99).value;
        if (!narrow || !wide) throw new Error("known");
        expect(wide.low).toBeGreaterThanOrEqual(0);
        expect(wide.high).toBeLessThanOrEqual(1);
        expect(narrow.low).toBeLessThanOrEqual(x / n);
        expect(narrow.high).toBeGreaterThanOrEqual(x / n);
        expect(wide.high - wide.low).toBeGreaterThanOrEqual(narrow.high - narrow.low);
      }),
    );
  });

  it("Newcombe: published examples 56/70 − 48/80 and 10/10 − 0/10", () => {
    const first = newcombeDifference([48, 80], [56, 70]).value;
    expect(first?.interval.low).toBeCloseTo(0.0524, 4);
    expect(first?.interval.high).toBeCloseTo(0.3339, 4);
    const second = newcombeDifference([0, 10], [10, 10]).value;
    expect(second?.interval.low).toBeCloseTo(0.6075, 4);
    expect(second?.interval.high).toBe(1);
  });

  it("differences change sign when the groups change places", () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const there = newcombeDifference(a, b).value;
        const back = newcombeDifference(b, a).value;
        expect(there?.difference).toBeCloseTo(-(back?.difference ?? Number.NaN), 12);
        expect(there?.interval.low).toBeCloseTo(-(back?.interval.high ?? Number.NaN), 12);
      }),
    );
    expect(waldDifference([1, 0], [1, 2])).toEqual({ value: null, reason: "no_observations" });
  });
});

describe("means", () => {
  it("moments of nothing, one and many", () => {
    expect(moments([])).toBeNull();
    expect(moments([5])).toEqual({ n: 1, mean: 5, variance: null });
    expect(moments([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])).toEqual({
      n: 4,
      mean: 1e9 + 10,
      variance: 30,
    });
    expect(median([3, 1, 2, 10])).toBe(2.5);
    expect(sampleQuantile([], 0.5)).toBeNull();
    expect(sampleQuantile([1, 2, 3, 4, 5], 0.9)).toBeCloseTo(4.6, 12);
  });

  it("Welch's test on the textbook pair (scipy: t 2.8353, df 27.71, p 0.008453)", () => {
    const a = moments([
      27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4,
    ]);
    const b = moments([
      27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 30.0, 23.9,
    ]);
    if (!a || !b) throw new Error("known");
    const test = welchTest(a, b).value;
    expect(test?.t).toBeCloseTo(2.8352638006644852, 10);
    expect(test?.p).toBeCloseTo(0.008452732437443423, 10);
  });

  it("are unknown where nothing can be said", () => {
    const one = { n: 1, mean: 2, variance: null };
    const flat = { n: 5, mean: 2, variance: 0 };
    expect(welchTest(one, flat).reason).toBe("too_few_observations");
    expect(welchTest(flat, flat).reason).toBe("no_variation");
    expect(relativeLift({ ...flat, mean: 0 }, flat).reason).toBe("zero_baseline");
    expect(meanInterval(one).reason).toBe("too_few_observations");
  });

  it("a ratio of people's sums: delta method agrees with the bootstrap", () => {
    const orders = Array.from({ length: 400 }, (_, i) => 1 + (i % 4));
    const revenue = orders.map((x, i) => x * 20 + ((i * 37) % 50));
    const total = (list: number[]) => list.reduce((a, b) => a + b, 0);
    const delta = ratioInterval({
      n: orders.length,
      sumX: total(orders),
      sumY: total(revenue),
      sumXX: total(orders.map((x) => x * x)),
      sumYY: total(revenue.map((y) => y * y)),
      sumXY: total(orders.map((x, i) => x * (revenue[i] as number))),
    }).value;
    const resampled = bootstrapRatio(revenue, orders, { seed: 1, resamples: 4000 }).value;
    expect(resampled?.estimate).toBeCloseTo(delta?.ratio ?? 0, 10);
    expect(resampled?.interval.low).toBeCloseTo(delta?.interval.low ?? 0, 0);
    expect(resampled?.interval.high).toBeCloseTo(delta?.interval.high ?? 0, 0);
  });
});

describe("bootstrap", () => {
  it("repeats itself for a seed, contains its estimate, and is flat for equal values", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 500 }), { minLength: 2, maxLength: 40 }),
        (values) => {
          const once = bootstrapMean(values, { seed: "x", resamples: 200 });
          expect(bootstrapMean(values, { seed: "x", resamples: 200 })).toEqual(once);
          const { estimate, interval } = once.value ?? {
            estimate: 0,
            interval: { low: 1, high: 0 },
          };
          expect(interval.low).toBeLessThanOrEqual(estimate);
          expect(interval.high).toBeGreaterThanOrEqual(estimate);
          expect(interval.low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
        },
      ),
      { numRuns: 40 },
    );
    const flat = bootstrapMean([4, 4, 4], { seed: 1 }).value;
    expect([flat?.interval.low, flat?.interval.high]).toEqual([4, 4]);
    expect(bootstrapMean([1], { seed: 1 }).reason).toBe("too_few_observations");
    expect(bootstrapRatio([1, 2], [0, 0], { seed: 1 }).reason).toBe("zero_baseline");
  });

  it("covers the true mean of skewed data about as often as it promises", () => {
    let covered = 0;
    const trials = 300;
    for (let trial = 0; trial < trials; trial += 1) {
      // Exponential quantiles visited in a scrambled order stand for draws with mean 1.
      const values = Array.from({ length: 60 }, (_, i) => {
        const u = (((trial * 7919 + i * 104729) * 2654435761) % 4294967296) / 4294967296;
        return -Math.log1p(-u);
      });
      const interval = bootstrapMean(values, { seed: trial, resamples: 300 }).value?.interval;
      if (interval && interval.low <= 1 && interval.high >= 1) covered += 1;
    }
    expect(covered / trials).toBeGreaterThan(0.88);
  });
});

describe.skipIf(!sharedDataPresent)("published cases", () => {
  it("ABT-03 relative lift by the delta method", () => {
    type Lift = { lift: number; se: number; dof: number; p: number; ci95: [number, number] };
    const { input, expected } = referenceCase<{ A: [number, number]; B: [number, number] }, Lift>(
      "ABT-03",
    );
    const lift = relativeLift(shareMoments(...input.A), shareMoments(...input.B)).value;
    expect(Math.abs((lift?.estimate ?? 9) - expected.lift)).toBeLessThan(1e-5);
    expect(Math.abs((lift?.standardError ?? 9) - expected.se)).toBeLessThan(1e-5);
    expect(Math.abs((lift?.degreesOfFreedom ?? 9) - expected.dof)).toBeLessThan(1e-5);
    expect(Math.abs((lift?.p ?? 9) - expected.p)).toBeLessThan(1e-5);
    expect(Math.abs((lift?.interval.low ?? 9) - expected.ci95[0])).toBeLessThan(1e-5);
    expect(Math.abs((lift?.interval.high ?? 9) - expected.ci95[1])).toBeLessThan(1e-5);
  });
});
