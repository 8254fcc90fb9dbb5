import { describe, expect, it } from "vitest";
import { referenceCase, sharedDataPresent, sharedDataRows } from "@/e2e/support/data/shared-data";
import { fullPath } from "./heuristic/full-path";
import { type Attribution, creditTouches, type Journey } from "./journey";
import { markov } from "./data-driven/markov";
import { exactShapley, sampledShapley } from "./data-driven/shapley-value";
import { timeDecay } from "./heuristic/time-decay";
import { touchModels } from "./touch-models";
import { wShaped } from "./heuristic/w-shaped";

const journey = (text: string, conversions: number, nulls = 0, value = conversions): Journey => ({
  touches: text.split(" > ").map((channel) => ({ channel })),
  conversions,
  value,
  nulls,
});

describe.skipIf(!sharedDataPresent)("published cases", () => {
  type Paths = { paths: [string, number, number][] };
  type Solved = { p_conv: number; removal: Record<string, number>; credit: Record<string, number> };
  const credit = (result: Attribution, channel: string) =>
    result.credits.find((c) => c.channel === channel)?.conversions ?? Number.NaN;
  /** All 19,785 conversions of PathData, whatever the model. */
  const expectComplete = ({ credits }: Attribution) =>
    expect(credits.reduce((sum, c) => sum + c.conversions, 0)).toBeCloseTo(19_785, 6);
  const pathData = () =>
    sharedDataRows("attribution/PathData.csv").map(([text = "", conversions, value, nulls]) =>
      journey(text, Number(conversions), Number(nulls), Number(value)),
    );

  it.each(["ATT-01", "ATT-02"])("%s Markov by hand", (id) => {
    const { input, expected } = referenceCase<Paths, Solved>(id);
    const result = markov(
      input.paths.map(([text, conversions, nulls]) => journey(text, conversions, nulls)),
    );
    expect(result.conversionProbability).toBeCloseTo(expected.p_conv, 12);
    for (const [channel, effect] of Object.entries(expected.removal)) {
      expect(result.removalEffects[channel]).toBeCloseTo(effect, 12);
      expect(credit(result, channel)).toBeCloseTo(expected.credit[channel] as number, 12);
    }
  });

  it("ATT-04 first and last touch on 10,000 paths", () => {
    type Counts = Record<string, number>;
    const { expected } = referenceCase<unknown, { totals: Counts; first: Counts; last: Counts }>(
      "ATT-04",
    );
    const given = pathData();
    for (const name of ["first", "last"] as const) {
      const result = creditTouches(given, touchModels[name]);
      expectComplete(result);
      for (const [channel, count] of Object.entries(expected[name]))
        expect(credit(result, channel)).toBe(count);
    }
    expect(given.reduce((sum, j) => sum + j.conversions, 0)).toBe(expected.totals.conversions);
    expect(given.reduce((sum, j) => sum + j.value, 0)).toBeCloseTo(
      expected.totals.value as number,
      2,
    );
    expect(given.reduce((sum, j) => sum + (j.nulls ?? 0), 0)).toBe(expected.totals.null);
  });

  it("ATT-06 Markov on 10,000 paths, converting ones only", () => {
    const { expected } = referenceCase<unknown, Solved>("ATT-06");
    const given = pathData();
    const result = markov(given, { nulls: "ignored" });
    expectComplete(result);
    for (const [channel, effect] of Object.entries(expected.removal)) {
      expect(Math.abs((result.removalEffects[channel] ?? 0) - effect)).toBeLessThan(1e-6 * effect);
      const due = expected.credit[channel] as number;
      expect(Math.abs(credit(result, channel) - due)).toBeLessThan(1e-6 * due);
    }
  });

  it("ATT-08 Shapley value of a three-channel game, exact and sampled", () => {
    const { input, expected } = referenceCase<
      { v: Record<string, number> },
      Record<string, number>
    >("ATT-08");
    const players = ["OS", "FB", "D"];
    const worth = (mask: number) =>
      input.v[players.filter((_, i) => mask & (1 << i)).join("+")] ?? 0;
    exactShapley(3, worth).forEach((phi, i) =>
      expect(phi).toBeCloseTo(expected[players[i] as string] as number, 9),
    );
    const along = (order: readonly number[]) => {
      let mask = 0;
      return order.map((player) => {
        mask |= 1 << player;
        return worth(mask);
      });
    };
    sampledShapley(3, along, { seed: 2, samples: 3000 }).forEach(({ value, errorBound }, i) => {
      expect(Math.abs(value - (expected[players[i] as string] as number))).toBeLessThan(
        3 * errorBound,
      );
      expect(errorBound).toBeLessThan(0.15);
    });
  });

  it("ATT-11 time decay", () => {
    type Input = {
      days_before_conversion: number[];
      half_life_days: number;
      pair: [number, number];
    };
    const { input, expected } = referenceCase<Input, { share: number[]; pair_ratio: number }>(
      "ATT-11",
    );
    const model = timeDecay(input.half_life_days);
    const shares = (days: number[]) =>
      model(days.map((daysBefore) => ({ channel: "a", daysBefore })));
    shares(input.days_before_conversion).forEach((s, i) =>
      expect(s).toBeCloseTo(expected.share[i] as number, 9),
    );
    const [far = 0, near = 1] = shares(input.pair);
    expect(far / near).toBeCloseTo(expected.pair_ratio, 9);
  });

  it("ATT-14 W-shaped and full path", () => {
    const { input, expected } = referenceCase<
      { touches: string[] },
      { W: number[]; full: number[] }
    >("ATT-14");
    const touches = input.touches.map((channel) => ({
      channel,
      milestones: (["lead", "opportunity", "close"] as const).filter((name) => name === channel),
    }));
    wShaped(touches).forEach((share, i) => expect(share).toBeCloseTo(expected.W[i] as number, 12));
    fullPath(touches).forEach((share, i) =>
      expect(share).toBeCloseTo(expected.full[i] as number, 12),
    );
  });
});
