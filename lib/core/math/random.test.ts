import { describe, expect, it } from "vitest";
import { seededRandom, shuffled } from "./random";

describe("seededRandom", () => {
  it("repeats itself for the same seed and differs for another", () => {
    const take = (seed: number | string) => Array.from({ length: 5 }, seededRandom(seed));
    expect(take(1)).toEqual(take(1));
    expect(take(1)).not.toEqual(take(2));
    expect(take("a")).not.toEqual(take("b"));
  });

  it("is uniform: mean, variance and ten equal bins over 100,000 draws", () => {
    const random = seededRandom(7);
    const bins = Array.from({ length: 10 }, () => 0);
    let sum = 0;
    let squares = 0;
    const n = 100_000;
    for (let i = 0; i < n; i += 1) {
      const u = random();
      if (!(u >= 0 && u < 1)) throw new Error(`out of range: ${u}`);
      sum += u;
      squares += u * u;
      bins[Math.floor(u * 10)] = (bins[Math.floor(u * 10)] ?? 0) + 1;
    }
    expect(sum / n).toBeCloseTo(0.5, 2);
    expect(squares / n - (sum / n) ** 2).toBeCloseTo(1 / 12, 2);
    const chi2 = bins.reduce((total, seen) => total + (seen - n / 10) ** 2 / (n / 10), 0);
    expect(chi2).toBeLessThan(27.88); // 99.9 % point of chi-square with 9 degrees of freedom
  });

  it("shuffles without losing or inventing anything", () => {
    const items = Array.from({ length: 50 }, (_, i) => i);
    const mixed = shuffled(items, seededRandom(3));
    expect(mixed).not.toEqual(items);
    expect([...mixed].sort((a, b) => a - b)).toEqual(items);
  });
});
