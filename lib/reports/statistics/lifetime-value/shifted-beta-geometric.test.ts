import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { referenceCase, sharedDataPresent } from "@/e2e/support/data/shared-data";
import {
  contractRetention,
  contractSurvival,
  discountedResidualLifetime,
  fitShiftedBetaGeometric,
} from "./shifted-beta-geometric";

const parameters = fc.record({
  alpha: fc.double({ min: 0.1, max: 20, noNaN: true }),
  beta: fc.double({ min: 0.1, max: 50, noNaN: true }),
});

describe("shifted-beta-geometric", () => {
  it("survival is the product of the retentions, and retention rises with tenure", () => {
    fc.assert(
      fc.property(parameters, fc.integer({ min: 1, max: 40 }), (p, renewals) => {
        let product = 1;
        for (let t = 1; t <= renewals; t += 1) product *= contractRetention(p, t);
        expect(contractSurvival(p, renewals)).toBeCloseTo(product, 10);
        expect(contractRetention(p, renewals + 1)).toBeGreaterThan(contractRetention(p, renewals));
      }),
    );
  });

  it("residual lifetime is the discounted sum of survival", () => {
    fc.assert(
      fc.property(parameters, fc.integer({ min: 1, max: 10 }), (p, period) => {
        let sum = 0;
        for (let t = period; t < period + 400; t += 1) {
          sum += contractSurvival(p, t) / contractSurvival(p, period - 1) / 1.1 ** (t - period);
        }
        expect(discountedResidualLifetime(p, 0.1, period)).toBeCloseTo(sum, 8);
      }),
      { numRuns: 40 },
    );
  });

  it("recovers its parameters from its own curve, and from cohorts of different lengths", () => {
    const truth = { alpha: 0.9, beta: 3.1 };
    const curve = (length: number) =>
      Array.from({ length }, (_, t) => 10_000 * contractSurvival(truth, t));
    for (const cohorts of [[curve(8)], [curve(6), curve(4), curve(2), curve(1)]]) {
      const fit = fitShiftedBetaGeometric(cohorts).value;
      expect(fit?.parameters.alpha).toBeCloseTo(truth.alpha, 4);
      expect(fit?.parameters.beta).toBeCloseTo(truth.beta, 3);
    }
  });

  it("refuses what cannot be told", () => {
    expect(fitShiftedBetaGeometric([]).reason).toBe("too_few_renewals");
    expect(fitShiftedBetaGeometric([[1000, 800]]).reason).toBe("too_few_renewals");
    expect(fitShiftedBetaGeometric([[1000, 1000, 1000]]).reason).toBe("no_churn");
    expect(fitShiftedBetaGeometric([[1000, 0, 0]]).reason).toBe("all_churned");
    expect(fitShiftedBetaGeometric([[1000, 500, 250, 125, 62]]).value).toBeNull();
    expect(() => fitShiftedBetaGeometric([[10, 12]])).toThrow(RangeError);
    expect(() => discountedResidualLifetime({ alpha: 1, beta: 1 }, 0, 1)).toThrow(RangeError);
  });
});

describe.skipIf(!sharedDataPresent)("published cases", () => {
  const close = (actual: number | undefined, expected: number, relative: number) =>
    expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(
      relative * Math.abs(expected),
    );

  it("RET-10 High End segment", () => {
    type Input = { survival_pct: number[]; N: number };
    type Expected = {
      alpha: number;
      beta: number;
      logLik: number;
      S_pct_0_12: number[];
      retention_1_8: number[];
      DERL_d10pct_n8: number;
    };
    const { input, expected } = referenceCase<Input, Expected>("RET-10");
    const fit = fitShiftedBetaGeometric([input.survival_pct.map((s) => (s / 100) * input.N)]).value;
    if (!fit) throw new Error("the fit converges");
    close(fit.parameters.alpha, expected.alpha, 1e-3);
    close(fit.parameters.beta, expected.beta, 1e-3);
    expect(Math.abs(fit.logLikelihood - expected.logLik)).toBeLessThan(0.01);
    expected.S_pct_0_12.forEach((s, t) => {
      expect(Math.abs(100 * contractSurvival(fit.parameters, t) - s)).toBeLessThan(0.01);
    });
    expected.retention_1_8.forEach((r, i) =>
      close(contractRetention(fit.parameters, i + 1), r, 1e-3),
    );
    close(discountedResidualLifetime(fit.parameters, 0.1, 8), expected.DERL_d10pct_n8, 1e-3);
  });

  it("RET-12 thousand customers, four renewals", () => {
    type Expected = { alpha: number; beta: number; next_S_pct: number[] };
    const { input, expected } = referenceCase<{ alive: number[] }, Expected>("RET-12");
    const fit = fitShiftedBetaGeometric([input.alive]).value;
    if (!fit) throw new Error("the fit converges");
    close(fit.parameters.alpha, expected.alpha, 1e-3);
    close(fit.parameters.beta, expected.beta, 1e-3);
    expected.next_S_pct.forEach((s, i) =>
      close(100 * contractSurvival(fit.parameters, 5 + i), s, 1e-3),
    );
  });
});
