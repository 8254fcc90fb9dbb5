import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apportion } from "./heuristic/apportion";
import { channelReturns } from "./data-driven/channel-returns";
import { fullPath } from "./heuristic/full-path";
import {
  type Attribution,
  creditTouches,
  type Journey,
  type Milestone,
  type Touch,
} from "./journey";
import { lastNonDirect } from "./heuristic/last-non-direct";
import { linear } from "./heuristic/linear";
import { markov } from "./data-driven/markov";
import { positionBased } from "./heuristic/position-based";
import { shapley } from "./data-driven/shapley";
import { exactShapley, sampledShapley } from "./data-driven/shapley-value";
import { timeDecay } from "./heuristic/time-decay";
import { touchModels } from "./touch-models";
import { wShaped } from "./heuristic/w-shaped";

const path = (text: string): Touch[] =>
  text === "" ? [] : text.split(" > ").map((channel) => ({ channel }));
const journey = (text: string, conversions: number, nulls = 0, value = conversions): Journey => ({
  touches: path(text),
  conversions,
  value,
  nulls,
});

const touch = fc.record({
  channel: fc.constantFrom("mail", "search", "social", "referral", "direct"),
  daysBefore: fc.double({ min: 0, max: 4000, noNaN: true }),
  milestones: fc.subarray<Milestone>(["lead", "opportunity", "close"]),
});
const journeys = fc.array(
  fc.record({
    touches: fc.array(touch, { maxLength: 7 }),
    conversions: fc.integer({ min: 0, max: 5 }),
    value: fc.integer({ min: 0, max: 900 }),
    nulls: fc.integer({ min: 0, max: 5 }),
  }),
  { maxLength: 10 },
);

function expectComplete(given: readonly Journey[], { credits, unattributed }: Attribution): void {
  const total = (key: "conversions" | "value", of: readonly Record<typeof key, number>[]) =>
    of.reduce((sum, one) => sum + one[key], 0);
  expect(total("conversions", credits) + unattributed.conversions).toBeCloseTo(
    total("conversions", given),
    8,
  );
  expect(total("value", credits) + unattributed.value).toBeCloseTo(total("value", given), 6);
}

describe("every model", () => {
  it.each(Object.entries(touchModels))(
    "%s: shares sum to 1 and credits to the whole",
    (_name, model) => {
      fc.assert(
        fc.property(journeys, (given) => {
          expectComplete(given, creditTouches(given, model));
          for (const { touches } of given) {
            const shares = model(touches);
            expect(shares).toHaveLength(touches.length);
            expect(shares.every((share) => share >= 0 && share <= 1 + 1e-12)).toBe(true);
            if (touches.length > 0) expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
          }
        }),
        { numRuns: 60 },
      );
      expect(model([])).toEqual([]);
      expect(model([{ channel: "mail", daysBefore: 3 }])).toEqual([1]);
    },
  );

  it("Markov and Shapley: credits sum to the whole, whatever the order of journeys", () => {
    const models = [
      (given: Journey[]) => markov(given),
      (given: Journey[]) => markov(given, { nulls: "ignored" }),
      (given: Journey[]) => shapley(given),
      (given: Journey[]) => shapley(given, { worth: "conversion_rate" }),
    ];
    fc.assert(
      fc.property(journeys, (given) => {
        for (const model of models) {
          const result = model(given);
          expectComplete(given, result);
          const turned = model([...given].reverse());
          for (const { channel, conversions } of result.credits) {
            expect(turned.credits.find((c) => c.channel === channel)?.conversions).toBeCloseTo(
              conversions,
              8,
            );
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("leaves conversions without touches unattributed, and refuses impossible journeys", () => {
    const given = [journey("", 3, 0, 30), journey("mail", 1, 0, 10)];
    for (const result of [creditTouches(given, linear), markov(given), shapley(given)]) {
      expect(result.unattributed).toEqual({ conversions: 3, value: 30 });
      expect(result.credits).toEqual([{ channel: "mail", conversions: 1, value: 10 }]);
    }
    for (const model of [markov, shapley, (j: Journey[]) => creditTouches(j, linear)]) {
      expect(() => model([journey("mail", -1)])).toThrow(RangeError);
      expect(model([]).credits).toEqual([]);
    }
  });
});

describe("rules over one journey", () => {
  it("last non-direct passes over direct visits, unless there is nothing else", () => {
    expect(lastNonDirect(path("mail > search > direct > Direct"))).toEqual([0, 1, 0, 0]);
    expect(lastNonDirect(path("direct > direct"))).toEqual([0, 1]);
    expect(
      lastNonDirect([
        { channel: "app", direct: true },
        { channel: "direct", direct: false },
      ]),
    ).toEqual([0, 1]);
    expect(lastNonDirect([{ channel: "mail" }, { channel: "app", direct: true }])).toEqual([1, 0]);
  });

  it("position: 100, 50/50, 40/20/40", () => {
    expect(positionBased(path("a"))).toEqual([1]);
    expect(positionBased(path("a > b"))).toEqual([0.5, 0.5]);
    expect(positionBased(path("a > b > c"))).toEqual([0.4, 0.2, 0.4]);
    expect(positionBased(path("a > b > c > d"))).toEqual([0.4, 0.1, 0.1, 0.4]);
  });

  it("time decay stands years of distance and wants its days", () => {
    const days = (...list: number[]) => list.map((daysBefore) => ({ channel: "a", daysBefore }));
    expect(timeDecay()(days(20_007, 20_000)).map((s) => s.toFixed(4))).toEqual([
      "0.3333",
      "0.6667",
    ]);
    expect(() => timeDecay()(path("a"))).toThrow(RangeError);
    expect(() => timeDecay(0)).toThrow(RangeError);
  });

  it("missing milestones are renormalised, doubled ones added, several claims settled", () => {
    const mark = (...milestones: Milestone[]) => ({ channel: "a", milestones });
    expect(wShaped([mark(), mark()])[0]).toBeCloseTo(0.75, 12);
    expect(wShaped([mark("lead"), mark(), mark("opportunity")])).toEqual([0.6, 0.1, 0.3]);
    expect(wShaped([mark("lead", "opportunity"), mark()])).toEqual(
      [0.9, 0.1].map((v) => expect.closeTo(v, 12)),
    );
    expect(fullPath([mark(), mark("lead"), mark("opportunity"), mark("close")])).toEqual(
      [0.25, 0.25, 0.25, 0.25].map((v) => expect.closeTo(v, 12)),
    );
    const claims = wShaped([mark(), mark("lead"), mark("lead"), mark("opportunity")]);
    expect(claims[1]).toBeCloseTo(0.3, 12);
    expect(claims[2]).toBeCloseTo(0.1, 12);
  });
});

describe("shapley", () => {
  it("by conversions equals the exact value of the game it stands for", () => {
    const given = [
      journey("a > b > a", 4, 0, 80),
      journey("b > c", 3, 0, 30),
      journey("c", 5, 0, 10),
    ];
    const names = ["a", "b", "c"];
    const worth = (mask: number) =>
      given
        .filter(({ touches }) => touches.every((t) => mask & (1 << names.indexOf(t.channel))))
        .reduce((sum, j) => sum + j.conversions, 0);
    const { credits, method } = shapley(given);
    exactShapley(3, worth).forEach((phi, i) => {
      expect(credits.find((c) => c.channel === names[i])?.conversions).toBeCloseTo(phi, 12);
    });
    expect(method).toBe("exact");
  });

  it("by rate: sampled beyond 12 channels, within its error bound of the exact answer", () => {
    const small = Array.from({ length: 10 }, (_, i) =>
      journey(`c${i} > c${(i * 3 + 1) % 10}`, i, 12 - i),
    );
    const exact = shapley(small, { worth: "conversion_rate" });
    expect(exact.method).toBe("exact");
    // Three channels that never matter take the same game past the limit.
    const idle = ["x", "y", "z"].map((name) => journey(`${name} > c0`, 0, 0));
    const sampled = shapley([...small, ...idle], {
      worth: "conversion_rate",
      samples: 4000,
      seed: 5,
    });
    expect(sampled.method).toBe("sampled");
    expectComplete(small, sampled);
    for (const { channel, conversions } of exact.credits) {
      const estimate = sampled.credits.find((c) => c.channel === channel)?.conversions ?? 0;
      expect(Math.abs(estimate - conversions)).toBeLessThanOrEqual(
        3 * (sampled.errorBounds[channel] ?? 0) + 1e-9,
      );
    }
    expect(
      shapley([...small, ...idle], { worth: "conversion_rate", samples: 50, seed: 5 }),
    ).toEqual(shapley([...small, ...idle], { worth: "conversion_rate", samples: 50, seed: 5 }));
  });

  it("values of a game: efficiency, symmetry, and nothing for who adds nothing", () => {
    const worths = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(worths, (list) => {
        const phi = exactShapley(4, (mask) => list[mask] as number);
        expect(phi.reduce((a, b) => a + b, 0)).toBeCloseTo(
          (list[15] as number) - (list[0] as number),
          9,
        );
        const dummy = exactShapley(5, (mask) => list[mask & 15] as number);
        expect(dummy[4]).toBeCloseTo(0, 12);
        dummy.slice(0, 4).forEach((value, i) => expect(value).toBeCloseTo(phi[i] as number, 9));
      }),
      { numRuns: 40 },
    );
    expect(exactShapley(0, () => 0)).toEqual([]);
    expect(() => exactShapley(13, () => 0)).toThrow(RangeError);
    expect(() => sampledShapley(2, () => [1, 2], { seed: 1, samples: 1 })).toThrow(RangeError);
  });
});

describe("apportion", () => {
  it("splits exactly and never by more than a unit from the fair part", () => {
    const amount = fc.bigInt(-(10n ** 12n), 10n ** 12n);
    const share = fc.double({ min: 0, max: 5, noNaN: true });
    fc.assert(
      fc.property(amount, fc.array(share, { minLength: 1, maxLength: 20 }), (total, shares) => {
        const whole = shares.reduce((a, b) => a + b, 0);
        fc.pre(whole > 1e-300);
        const parts = apportion(total, shares);
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
        parts.forEach((part, i) => {
          expect(
            Math.abs(Number(part) - (Number(total) * (shares[i] as number)) / whole),
          ).toBeLessThan(1.01);
        });
      }),
    );
    expect(apportion(100n, [1, 1, 1])).toEqual([34n, 33n, 33n]);
    expect(apportion(0n, [0, 0])).toEqual([0n, 0n]);
    expect(() => apportion(1n, [0])).toThrow(RangeError);
    expect(() => apportion(1n, [-1, 2])).toThrow(RangeError);
  });
});

describe("channelReturns", () => {
  it("is null where there is nothing to divide by", () => {
    expect(channelReturns({ conversions: 4, newCustomers: 2, value: 300 }, 100, 0.5)).toEqual({
      cpa: 25,
      cac: 50,
      roas: 3,
      roi: 0.5,
    });
    expect(channelReturns({ conversions: 0, newCustomers: 0, value: 0 }, 0, 0.5)).toEqual({
      cpa: null,
      cac: null,
      roas: null,
      roi: null,
    });
  });
});
