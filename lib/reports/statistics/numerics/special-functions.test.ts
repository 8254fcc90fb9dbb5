import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { referenceCase, sharedDataPresent } from "@/e2e/support/data/shared-data";
import { gammaSign, logBeta, logGamma } from "./gamma-functions";
import { hypergeometric2F1 } from "./hypergeometric";
import { regularizedBeta, regularizedGammaP, regularizedGammaQ } from "./incomplete-functions";
import { minimize } from "./nelder-mead";

/** Expected values below come from mpmath with 40 digits unless another source is named. */
function expectRelative(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected));
}

describe("logGamma and logBeta", () => {
  it.each([
    [1e-5, 11.512919692895826],
    [0.243, 1.3180435846996699],
    [0.5, 0.5723649429247001],
    [3.7, 1.428072326665388],
    [14.9, 24.924132002217277],
    [15.1, 25.458999750992664],
    [170.5, 704.0044277342],
    [1e6, 12815504.569147611],
    [-0.5, 1.2655121234846454],
    [-2.3, 0.36956666345500805],
  ])("logGamma(%d)", (x, expected) => expectRelative(logGamma(x), expected, 1e-14));

  it.each([
    [0.2, 0.3, 2.04749687432416],
    [3, 400, -17.288730882473626],
    [120.5, 1881, -456.84802742963137],
    [1e6, 2e6, -1909548.290968533],
    [2, 12, -5.049856007249537],
  ])("logBeta(%d, %d)", (a, b, expected) => expectRelative(logBeta(a, b), expected, 1e-14));

  it("obeys Γ(x + 1) = xΓ(x), knows its sign, and refuses poles", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e4, noNaN: true }), (x) => {
        const difference = logGamma(x + 1) - logGamma(x) - Math.log(x);
        expect(Math.abs(difference)).toBeLessThan(1e-12 * Math.max(1, logGamma(x + 1)));
      }),
    );
    expect([gammaSign(2), gammaSign(-0.5), gammaSign(-1.5)]).toEqual([1, -1, 1]);
    expect(() => logGamma(-3)).toThrow(RangeError);
    expect(() => logBeta(0, 1)).toThrow(RangeError);
  });
});

describe("incomplete beta and gamma", () => {
  it.each([
    [0.3, 2, 5, 0.579825],
    [0.06, 121, 1881, 0.47798755193075443],
    [0.5, 0.5, 0.5, 0.5],
    [0.001, 0.2, 3, 0.3314585160989153],
    [0.0601, 6000, 94000, 0.5544813658733977],
    [0.41, 200, 300, 0.677628164772179],
  ])("I_%d(%d, %d)", (x, a, b, expected) =>
    expectRelative(regularizedBeta(x, a, b), expected, 1e-10),
  );

  it.each([
    [0.5, 0.1, 0.654720846018577],
    [0.5, 450, 9.813427854296374e-198],
    [10, 3, 0.9988975118698845],
    [3, 30, 4.501016648012124e-11],
    [1000, 1010, 0.3723210552630053],
  ])("Q(%d, %d)", (a, x, expected) => expectRelative(regularizedGammaQ(a, x), expected, 1e-12));

  it("are complementary and symmetric", () => {
    const shape = fc.double({ min: 0.05, max: 500, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), shape, shape, (x, a, b) => {
        expect(regularizedBeta(x, a, b) + regularizedBeta(1 - x, b, a, x)).toBeCloseTo(1, 10);
        const whole = regularizedGammaP(a, x * 2 * a) + regularizedGammaQ(a, x * 2 * a);
        expect(whole).toBeCloseTo(1, 12);
      }),
    );
  });
});

describe("hypergeometric2F1", () => {
  it.each([
    [0.243, 2.426, 2.219, 0.99, 4.3752613674085366],
    [0.243, 2.426, 2.219, 0.9999999, 656.326044466842],
    [1, 2.5, 3.5, 0.95, 5.086944410253254],
    [1, 2, 3, 0.999, 11.841181078941077],
    [0.5, 0.5, 1, 0.99999, 4.547230171562803],
    [2, 3, 5, 0.9, 8.56153839218756],
    [40.2, 42.4, 43.2, 0.9, 2.6476519436958327e39],
    [1.3, -0.4, 0.2, 0.97, -20.73879483867597],
    [-3, 2.5, 1.5, 0.9, -0.017],
    [1.5, 2.5, 3.5, -7, 0.08203404261642268],
    [0.5, 0.25, 1.75, 1, 1.1441396452527197],
    [2.5, -0.75, -0.3, 0.8, 27.034628940900948],
    [0.976, -0.2071, 2.2188, 0.99999, 0.8594416374581564],
  ])("(%d, %d; %d; %d)", (a, b, c, z, expected) =>
    expectRelative(hypergeometric2F1(a, b, c, z), expected, 1e-9),
  );

  it("is −ln(1−z)/z for (1, 1; 2; z), and (1−z)^−a where b = c", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1 - 1e-9, noNaN: true }),
        fc.double({ min: 0.1, max: 9, noNaN: true }),
        (z, a) => {
          expectRelative(hypergeometric2F1(1, 1, 2, z), -Math.log1p(-z) / z, 1e-11);
          expectRelative(hypergeometric2F1(a, 1.7, 1.7, z), (1 - z) ** -a, 1e-11);
        },
      ),
    );
  });

  it("refuses what has no value", () => {
    expect(() => hypergeometric2F1(1, 1, 2, 1)).toThrow(RangeError);
    expect(() => hypergeometric2F1(1, 1, 2, 1.1)).toThrow(RangeError);
    expect(() => hypergeometric2F1(1, 1, -2, 0.5)).toThrow(RangeError);
  });
});

describe("minimize", () => {
  it("finds the bottom of Rosenbrock's valley", () => {
    const result = minimize(([x = 0, y = 0]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, [-1.2, 1], {
      maxEvaluations: 2000,
    });
    expect(result.converged).toBe(true);
    expect(result.at[0]).toBeCloseTo(1, 6);
    expect(result.at[1]).toBeCloseTo(1, 6);
  });

  it("says so when it used up its evaluations or never found a finite value", () => {
    expect(minimize(([x = 0]) => x * x, [50], { maxEvaluations: 5 }).converged).toBe(false);
    expect(minimize(() => Number.NaN, [1, 2]).converged).toBe(false);
  });
});

describe.skipIf(!sharedDataPresent)("published case NUM-01", () => {
  it("hypergeometric function, 30 digits", () => {
    type Input = { args_abcz: [number, number, number, number][] };
    const { input, expected } = referenceCase<Input, { value: number[] }>("NUM-01");
    input.args_abcz.forEach((args, i) => {
      expectRelative(hypergeometric2F1(...args), expected.value[i] as number, 1e-10);
    });
  });
});
