import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { referenceCase, sharedDataPresent } from "@/e2e/support/data/shared-data";
import { compareBetaBinomial } from "./beta-binomial";
import { benjaminiHochberg, holm } from "./multiple-comparisons";
import {
  minimumDetectableRise,
  powerOfProportions,
  sampleSizeOfMeans,
  sampleSizeOfProportions,
} from "./power";
import { waldDifference } from "./proportion";
import { sampleRatioCheck } from "./sample-ratio";
import { type Arm, twoProportionTest } from "./two-proportions";

const arm = fc
  .integer({ min: 1, max: 300 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

describe("twoProportionTest", () => {
  it("says nothing without people or without variation", () => {
    expect(twoProportionTest([0, 0], [1, 2]).reason).toBe("no_observations");
    expect(twoProportionTest([0, 10], [0, 20]).reason).toBe("no_variation");
    expect(twoProportionTest([10, 10], [20, 20]).reason).toBe("no_variation");
  });

  it("agrees with chi-square, corrected or not, and is antisymmetric", () => {
    const test = twoProportionTest([12, 200], [25, 200]).value;
    // scipy.stats.chi2_contingency of the same table
    expect(test?.chiSquare).toBeCloseTo(5.033132305859579, 8);
    expect(test?.corrected.chiSquare).toBeCloseTo(4.288586106767926, 8);
    fc.assert(
      fc.property(arm, arm, (a, b) => {
        const there = twoProportionTest(a, b).value;
        const back = twoProportionTest(b, a).value;
        if (!there || !back) return;
        expect(there.z).toBeCloseTo(-back.z, 10);
        expect(there.p).toBeCloseTo(back.p, 12);
        expect(there.corrected.chiSquare).toBeLessThanOrEqual(there.chiSquare);
      }),
    );
  });
});

describe("sampleRatioCheck", () => {
  it("is calm at the split that was set, and alarmed by anyone in a closed arm", () => {
    expect(sampleRatioCheck([500, 500], [1, 1]).value).toMatchObject({
      chiSquare: 0,
      p: 1,
      mismatch: false,
    });
    expect(sampleRatioCheck([900, 100], [9, 1]).value?.mismatch).toBe(false);
    expect(sampleRatioCheck([500, 500, 1], [1, 1, 0]).value).toMatchObject({
      p: 0,
      mismatch: true,
    });
    expect(sampleRatioCheck([0, 0], [1, 1]).reason).toBe("no_observations");
    expect(sampleRatioCheck([5], [1]).reason).toBe("fewer_than_two_arms");
    expect(() => sampleRatioCheck([1, 2], [1])).toThrow(RangeError);
  });
});

describe("compareBetaBinomial", () => {
  it("agrees with numerical integration (scipy quad)", () => {
    const result = compareBetaBinomial([3, 20], [7, 21]).value;
    expect(result?.secondBeatsFirst).toBeCloseTo(0.9054177874370728, 8);
    expect(result?.lossChoosingSecond).toBeCloseTo(0.005818590050013769, 8);
  });

  it("one arm or the other is better, and the losses differ by the difference of means", () => {
    fc.assert(
      fc.property(arm, arm, (a, b) => {
        const there = compareBetaBinomial(a, b).value;
        const back = compareBetaBinomial(b, a).value;
        if (!there || !back) throw new Error("known");
        expect(there.secondBeatsFirst + back.secondBeatsFirst).toBeCloseTo(1, 9);
        expect(there.lossChoosingSecond).toBeCloseTo(back.lossChoosingFirst, 10);
        const means = (b[0] + 1) / (b[1] + 2) - (a[0] + 1) / (a[1] + 2);
        expect(there.lossChoosingFirst - there.lossChoosingSecond).toBeCloseTo(means, 9);
      }),
    );
  });

  it("knows nothing without people and refuses fractions", () => {
    expect(compareBetaBinomial([0, 0], [1, 2]).reason).toBe("no_observations");
    expect(() => compareBetaBinomial([0.5, 1], [1, 2])).toThrow(RangeError);
    expect(compareBetaBinomial([5, 50], [5, 50]).value?.secondBeatsFirst).toBeCloseTo(0.5, 10);
  });
});

describe("several comparisons", () => {
  it("adjusting never lowers a p-value, keeps their order, and Holm is the stricter", () => {
    fc.assert(
      fc.property(pValues, (values) => {
        const strict = holm(values);
        const lenient = benjaminiHochberg(values);
        values.forEach((p, i) => {
          expect(strict[i]).toBeGreaterThanOrEqual(p);
          expect(lenient[i]).toBeGreaterThanOrEqual(p - 1e-15);
          expect(strict[i]).toBeGreaterThanOrEqual((lenient[i] as number) - 1e-12);
          values.forEach((q, j) => {
            if (p < q) expect(strict[i]).toBeLessThanOrEqual(strict[j] as number);
          });
        });
      }),
    );
    expect(holm([])).toEqual([]);
    expect(() => holm([1.1])).toThrow(RangeError);
  });
});

describe("power", () => {
  it("a sample size gives back its power, and the least rise its own", () => {
    const share = fc.double({ min: 0.02, max: 0.98, noNaN: true });
    fc.assert(
      fc.property(
        share,
        share,
        fc.double({ min: 0.55, max: 0.95, noNaN: true }),
        (p1, p2, power) => {
          fc.pre(Math.abs(p1 - p2) > 0.01);
          const people = sampleSizeOfProportions(p1, p2, power).value ?? 0;
          expect(powerOfProportions(p1, p2, people)).toBeCloseTo(power, 8);
        },
      ),
    );
    const rise = minimumDetectableRise(0.06, 2000).value ?? 0;
    expect(powerOfProportions(0.06, 0.06 + rise, 2000)).toBeCloseTo(0.8, 8);
    expect(minimumDetectableRise(0.5, 2).reason).toBe("too_few_people");
    expect(sampleSizeOfProportions(0.3, 0.3).reason).toBe("no_difference");
    // 2 × (1.959964 + 0.841621)² = 15.70: the usual rule of 16 for one standard deviation.
    expect(sampleSizeOfMeans(1, 1).value).toBeCloseTo(15.69772, 4);
    expect(sampleSizeOfMeans(0, 1).reason).toBe("no_difference");
  });
});

describe.skipIf(!sharedDataPresent)("published cases", () => {
  const near = (actual: number | undefined, expected: number, tolerance: number) =>
    expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(tolerance);

  it("ABT-01 two proportions", () => {
    type Pair = [number, number];
    type Expected = {
      z: number;
      p: number;
      chi2: number;
      diff_ci_wald: Pair;
      diff_ci_newcombe: Pair;
      wilson_A: Pair;
      wilson_B: Pair;
      with_yates: { chi2: number; p: number };
    };
    const { input, expected } = referenceCase<{ A: Arm; B: Arm }, Expected>("ABT-01");
    const test = twoProportionTest(input.A, input.B).value;
    const wald = waldDifference(input.A, input.B).value;
    near(test?.z, expected.z, 1e-8);
    near(test?.p, expected.p, 1e-8);
    near(test?.chiSquare, expected.chi2, 1e-8);
    near(test?.corrected.chiSquare, expected.with_yates.chi2, 1e-8);
    near(test?.corrected.p, expected.with_yates.p, 1e-8);
    const limits = [
      [test?.difference.interval, expected.diff_ci_newcombe],
      [wald?.interval, expected.diff_ci_wald],
      [test?.first.interval, expected.wilson_A],
      [test?.second.interval, expected.wilson_B],
    ] as const;
    for (const [interval, [low, high]] of limits) {
      near(interval?.low, low, 1e-8);
      near(interval?.high, high, 1e-8);
    }
  });

  it("ABT-06 Bayesian comparison", () => {
    type Expected = { p_b_beats_a: number; loss_choose_B: number; loss_choose_A: number };
    const { input, expected } = referenceCase<
      { A: Arm; B: Arm; prior: [number, number] },
      Expected
    >("ABT-06");
    const result = compareBetaBinomial(input.A, input.B, input.prior).value;
    near(result?.secondBeatsFirst, expected.p_b_beats_a, 1e-8);
    near(result?.lossChoosingSecond, expected.loss_choose_B, 1e-8);
    near(result?.lossChoosingFirst, expected.loss_choose_A, 1e-8);
  });

  it("ABT-09 sample ratio", () => {
    type Input = { observed: number[]; ratio: number[]; observed2: number[]; ratio2: number[] };
    const { input, expected } = referenceCase<Input, { p: number; chi2_2: number; p2: number }>(
      "ABT-09",
    );
    near(sampleRatioCheck(input.observed, input.ratio).value?.p, expected.p, 1e-6 * expected.p);
    const second = sampleRatioCheck(input.observed2, input.ratio2).value;
    near(second?.chiSquare, expected.chi2_2, 1e-6 * expected.chi2_2);
    near(second?.p, expected.p2, 1e-6 * expected.p2);
  });

  it("ABT-11 several comparisons", () => {
    type Lists = { holm: number[]; bh: number[] };
    const { input, expected } = referenceCase<Lists, Lists>("ABT-11");
    holm(input.holm).forEach((p, i) => near(p, expected.holm[i] as number, 1e-9));
    benjaminiHochberg(input.bh).forEach((p, i) => near(p, expected.bh[i] as number, 1e-9));
  });

  it("ABT-13 power and sample size", () => {
    type Input = {
      n: number;
      p1: number;
      p2: number;
      q2: { p1: number; p2: number; power: number };
    };
    const { input, expected } = referenceCase<Input, { power: number; n_per_group: number }>(
      "ABT-13",
    );
    near(powerOfProportions(input.p1, input.p2, input.n), expected.power, 1e-4);
    const size = sampleSizeOfProportions(input.q2.p1, input.q2.p2, input.q2.power).value;
    near(size ?? undefined, expected.n_per_group, 1e-4);
  });
});
