import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  betaCdf,
  betaQuantile,
  chiSquareCdf,
  chiSquareQuantile,
  chiSquareUpper,
  normalCdf,
  normalQuantile,
  normalTwoSided,
  studentTCdf,
  studentTQuantile,
  studentTTwoSided,
} from "./distributions";

function expectRelative(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected));
}

describe("distributions against mpmath and scipy", () => {
  it("normal", () => {
    expectRelative(normalCdf(-6), 9.86587645037698e-10, 1e-12);
    expectRelative(normalCdf(-30), 4.906713927148187e-198, 1e-10);
    expectRelative(normalCdf(1.96), 0.9750021048517795, 1e-14);
    expectRelative(normalQuantile(0.975), 1.9599639845400543, 1e-14);
    expectRelative(normalQuantile(0.9999999), 5.1993375821928165, 1e-9);
    expectRelative(normalQuantile(1e-12), -7.034483825301132, 1e-12);
    expectRelative(normalQuantile(0.3), -0.5244005127080408, 1e-13);
    expect(normalTwoSided(0)).toBe(1);
  });

  it("Student, chi-square, beta", () => {
    expectRelative(studentTQuantile(0.975, 55.7074491), 2.0034728971841034, 1e-12);
    expectRelative(studentTQuantile(0.01, 1.5), -11.1973161795684, 1e-12);
    expectRelative(studentTTwoSided(3.2, 4.5), 0.027844679431742864, 1e-12);
    expectRelative(chiSquareQuantile(0.95, 3), 7.814727903251179, 1e-12);
    expectRelative(chiSquareQuantile(0.001, 0.7), 3.860163955064886e-9, 1e-10);
    expectRelative(betaQuantile(0.025, 121, 1881), 0.050426674002541395, 1e-12);
    expect(studentTCdf(2, Number.POSITIVE_INFINITY)).toBeCloseTo(normalCdf(2), 14);
    expect(chiSquareUpper(0, 3)).toBe(1);
    expect(chiSquareCdf(-1, 3)).toBe(0);
  });

  it("refuse impossible probabilities", () => {
    for (const p of [0, 1, -0.1, Number.NaN]) expect(() => normalQuantile(p)).toThrow(RangeError);
    expect(() => studentTTwoSided(1, 0)).toThrow(RangeError);
  });
});

describe("CDF after quantile is the identity", () => {
  const p = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
  const df = fc.double({ min: 0.5, max: 200, noNaN: true });
  it("normal", () =>
    fc.assert(fc.property(p, (q) => expectRelative(normalCdf(normalQuantile(q)), q, 1e-9))));
  it("Student", () =>
    fc.assert(
      fc.property(p, df, (q, k) => expectRelative(studentTCdf(studentTQuantile(q, k), k), q, 1e-8)),
      {
        numRuns: 50,
      },
    ));
  it("chi-square", () =>
    fc.assert(
      fc.property(p, df, (q, k) =>
        expectRelative(chiSquareCdf(chiSquareQuantile(q, k), k), q, 1e-8),
      ),
      {
        numRuns: 50,
      },
    ));
  it("beta", () =>
    fc.assert(
      fc.property(p, df, df, (q, a, b) => {
        expect(betaCdf(betaQuantile(q, a, b), a, b)).toBeCloseTo(q, 7);
      }),
      { numRuns: 50 },
    ));
});
