import { describe, expect, it } from "vitest";
import { newId, randomCharacters } from "./id";

describe("newId", () => {
  it("is its prefix and 26 characters that nobody misreads", () => {
    for (let i = 0; i < 200; i += 1) expect(newId("ref")).toMatch(/^ref_[0-9a-hjkmnp-tv-z]{26}$/);
  });

  it("sorts as it was made, within a millisecond, over a clock set back, and as text", () => {
    const now = Date.now() + 60_000;
    const ids = Array.from({ length: 20_000 }, (_, i) =>
      newId("tra", now + [0, 0, 5, -1000][i % 4]! + (i >> 4)),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });

  it("sorts by time across processes: the time leads", () => {
    const time = (id: string) => id.slice(4, 14);
    const early = newId("evt", Date.now() + 3_600_000);
    const late = newId("evt", Date.now() + 7_200_000);
    expect(time(early) < time(late)).toBe(true);
  });
});

describe("randomCharacters", () => {
  it("has the length asked for and uses the whole alphabet evenly", () => {
    const text = randomCharacters(64_000);
    expect(text).toHaveLength(64_000);
    const seen = new Map<string, number>();
    for (const letter of text) seen.set(letter, (seen.get(letter) ?? 0) + 1);
    expect(seen.size).toBe(32);
    const chi2 = [...seen.values()].reduce((sum, n) => sum + (n - 2000) ** 2 / 2000, 0);
    // Beyond the 99.9999 % point of chi-square with 31 degrees of freedom.
    expect(chi2).toBeLessThan(80);
  });
});
