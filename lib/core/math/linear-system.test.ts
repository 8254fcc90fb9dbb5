import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { solveLinear } from "./linear-system";

describe("solveLinear", () => {
  it("solves a system that needs a row swap", () => {
    expect(
      solveLinear(
        [
          [0, 2],
          [3, 1],
        ],
        [[4], [5]],
      ),
    ).toEqual([[1], [2]]);
  });

  it("answers null for a singular matrix and refuses odd shapes", () => {
    expect(
      solveLinear(
        [
          [1, 2],
          [2, 4],
        ],
        [[1], [2]],
      ),
    ).toBeNull();
    expect(() => solveLinear([[1, 2]], [[1]])).toThrow(RangeError);
    expect(solveLinear([], [])).toEqual([]);
  });

  it("gives back the right-hand side when multiplied out", () => {
    const size = 5;
    const entry = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.array(entry, { minLength: size, maxLength: size }), {
          minLength: size,
          maxLength: size,
        }),
        fc.array(entry, { minLength: size, maxLength: size }),
        (matrix, right) => {
          const dominant = matrix.map((row, i) => row.map((v, j) => (i === j ? v + 2 * size : v)));
          const solved = solveLinear(
            dominant,
            right.map((v) => [v]),
          );
          expect(solved).not.toBeNull();
          dominant.forEach((row, i) => {
            const sum = row.reduce(
              (total, v, j) => total + v * (solved?.[j]?.[0] ?? Number.NaN),
              0,
            );
            expect(sum).toBeCloseTo(right[i] as number, 10);
          });
        },
      ),
    );
  });
});
