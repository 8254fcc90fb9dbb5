import { describe, expect, it } from "vitest";
import type { Journey } from "../journey";
import { markov } from "./markov";

const journey = (text: string, conversions: number, nulls = 0, value = conversions): Journey => ({
  touches: text.split(" > ").map((channel) => ({ channel })),
  conversions,
  value,
  nulls,
});

describe("markov", () => {
  it("is not moved by staying on a channel, and solves circles", () => {
    const plain = markov([journey("a > b", 2), journey("a", 0, 3), journey("b > a > b", 1, 1)]);
    const stuttering = markov([
      journey("a > a > a > b", 2),
      journey("a", 0, 3),
      journey("b > b > a > b", 1, 1),
    ]);
    for (const channel of ["a", "b"]) {
      expect(stuttering.removalEffects[channel]).toBeCloseTo(
        plain.removalEffects[channel] ?? 0,
        12,
      );
    }
  });

  it("agrees with removing the channel and solving the chain again", () => {
    const given = [
      journey("a > b > c", 3, 2),
      journey("b > a > b", 1, 4),
      journey("c > a", 2, 1),
      journey("b", 1, 5),
    ];
    const { conversionProbability: whole, removalEffects } = markov(given);
    // The transition shares of the full chain are kept, the removed channel leads nowhere, and the
    // chances of being won are iterated until they settle.
    const counts = new Map<string, Map<string, number>>();
    for (const { touches, conversions, nulls = 0 } of given) {
      const names = ["start", ...touches.map((t) => t.channel)];
      const add = (from: string, to: string, times: number) => {
        const row = counts.get(from) ?? new Map<string, number>();
        counts.set(from, row.set(to, (row.get(to) ?? 0) + times));
      };
      names.slice(1).forEach((name, i) => add(names[i] as string, name, conversions + nulls));
      add(names[names.length - 1] as string, "won", conversions);
      add(names[names.length - 1] as string, "lost", nulls);
    }
    const wonWithout = (removed: string) => {
      let chance = new Map([["won", 1]]);
      for (let round = 0; round < 500; round += 1) {
        const next = new Map([["won", 1]]);
        for (const [from, row] of counts) {
          const total = [...row.values()].reduce((a, b) => a + b, 0);
          const sum = [...row].reduce(
            (acc, [to, times]) => acc + (times / total) * (chance.get(to) ?? 0),
            0,
          );
          next.set(from, from === removed ? 0 : sum);
        }
        chance = next;
      }
      return chance.get("start") ?? 0;
    };
    expect(whole).toBeCloseTo(wonWithout("nobody"), 12);
    for (const channel of ["a", "b", "c"]) {
      expect(removalEffects[channel]).toBeCloseTo(1 - wonWithout(channel) / (whole ?? 1), 12);
    }
  });

  it("knows no effects where nothing converted or nothing happened", () => {
    const none = markov([journey("a > b", 0, 7)]);
    expect(none).toMatchObject({ conversionProbability: 0, removalEffects: { a: null, b: null } });
    expect(none.credits.every((c) => c.conversions === 0)).toBe(true);
    expect(markov([journey("a", 0, 0)]).conversionProbability).toBeNull();
    expect(markov([journey("a", 1)]).removalEffects).toEqual({ a: 1 });
    const many = Array.from({ length: 1001 }, (_, i) => journey(`c${i}`, 1));
    expect(() => markov(many)).toThrow(RangeError);
  });

  it("gives a channel that no counted path visits nothing", () => {
    const result = markov([journey("a", 2), journey("b", 0, 5)], { nulls: "ignored" });
    expect(result.removalEffects).toEqual({ a: 1, b: 0 });
  });
});
