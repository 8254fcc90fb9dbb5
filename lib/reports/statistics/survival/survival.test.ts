import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { referenceCase, sharedDataPresent, sharedDataRows } from "@/e2e/support/data/shared-data";
import { type Duration, kaplanMeier, logRank, survivalAt } from "./survival";

const parts = { time: fc.integer({ min: 0, max: 30 }), event: fc.boolean() };
const duration = fc.record(parts);
const group = fc.array(duration, { minLength: 1, maxLength: 30 });
const had = (time: number): Duration => ({ time, event: true });
const left = (time: number): Duration => ({ time, event: false });

describe("people who are alike", () => {
  it("count as so many, in curves and in tests", () => {
    const alike = fc.array(fc.record({ ...parts, people: fc.integer({ min: 1, max: 5 }) }), {
      minLength: 1,
      maxLength: 20,
    });
    const each = (groups: readonly Required<Duration>[]) =>
      groups.flatMap(({ time, event, people }) =>
        Array.from({ length: people }, () => ({ time, event })),
      );
    fc.assert(
      fc.property(alike, alike, (one, other) => {
        expect(kaplanMeier(one)).toEqual(kaplanMeier(each(one)));
        expect(logRank([one, other])).toEqual(logRank([each(one), each(other)]));
      }),
    );
  });
});

describe("kaplanMeier", () => {
  it("without censoring it is the plain share left", () => {
    const curve = kaplanMeier([1, 2, 2, 5].map(had)).value;
    expect(curve?.steps.map((s) => s.survival)).toEqual([0.75, 0.25, 0]);
    expect(curve?.median).toEqual({ value: 2, reason: null });
    expect(curve?.steps[2]).toMatchObject({ standardError: 0, interval: null });
  });

  it("nobody, one person, and nobody with an event", () => {
    expect(kaplanMeier([]).reason).toBe("no_observations");
    expect(kaplanMeier([had(3)]).value?.median.value).toBe(3);
    const none = kaplanMeier([left(3), left(9)]).value;
    expect(none?.steps).toEqual([]);
    expect(none?.median).toEqual({ value: null, reason: "more_than_half_left" });
    expect(none && survivalAt(none, 100)).toBe(1);
    expect(() => kaplanMeier([had(-1)])).toThrow(RangeError);
  });

  it("keeps someone censored at an event's time at risk for it", () => {
    expect(kaplanMeier([had(4), left(4)]).value?.steps[0]).toMatchObject({
      atRisk: 2,
      survival: 0.5,
    });
  });

  it("falls, stays within its interval and within 0 to 1, whatever the order", () => {
    fc.assert(
      fc.property(group, (durations) => {
        const curve = kaplanMeier(durations).value;
        let before = 1;
        for (const { survival, interval } of curve?.steps ?? []) {
          expect(survival).toBeLessThanOrEqual(before);
          expect(survival).toBeGreaterThanOrEqual(0);
          if (interval) {
            expect(interval.low).toBeGreaterThanOrEqual(0);
            expect(interval.low).toBeLessThanOrEqual(survival);
            expect(interval.high).toBeGreaterThanOrEqual(survival);
            expect(interval.high).toBeLessThanOrEqual(1);
          }
          before = survival;
        }
        expect(kaplanMeier([...durations].reverse()).value).toEqual(curve);
      }),
    );
  });
});

describe("logRank", () => {
  it("finds no difference between a group and itself, and one group is none", () => {
    const same = [had(1), had(3), left(4), had(9)];
    expect(logRank([same, same]).value?.chiSquare).toBeCloseTo(0, 12);
    expect(logRank([same]).reason).toBe("fewer_than_two_groups");
    expect(logRank([same, []]).reason).toBe("fewer_than_two_groups");
    expect(logRank([[left(1)], [left(2)]]).reason).toBe("no_events");
    expect(logRank([[had(1)], [left(0)]]).reason).toBe("fewer_than_two_groups");
  });

  it("does not depend on the order of groups, and expects as many events as there were", () => {
    fc.assert(
      fc.property(group, group, group, (a, b, c) => {
        const test = logRank([a, b, c]);
        const turned = logRank([c, a, b]);
        expect(turned.reason).toBe(test.reason);
        if (test.value === null || turned.value === null) return;
        expect(turned.value.chiSquare).toBeCloseTo(test.value.chiSquare, 6);
        const total = (key: "observed" | "expected") =>
          test.value.groups.reduce((sum, g) => sum + g[key], 0);
        expect(total("expected")).toBeCloseTo(total("observed"), 8);
      }),
    );
  });

  it("counts a group that had left before any event out of the degrees of freedom", () => {
    const test = logRank([
      [had(3), had(5), had(8)],
      [had(4), left(9)],
      [left(1), left(2)],
    ]).value;
    expect(test?.degreesOfFreedom).toBe(1);
  });
});

describe.skipIf(!sharedDataPresent)("published case SUR-01", () => {
  it("remission times, 6-MP against placebo", () => {
    type Arm = { time: number[]; S: number[]; se_greenwood: number[]; median: number };
    type Expected = {
      "6-MP": Arm;
      placebo: { median: number };
      logrank_chi2: number;
      logrank_p: number;
    };
    const { expected } = referenceCase<unknown, Expected>("SUR-01");
    const rows = sharedDataRows("survival/gehan.csv");
    const arm = (test: (name: string) => boolean) =>
      rows
        .filter(([name = ""]) => test(name))
        .map(([, time, event]) => ({ time: Number(time), event: event === "1" }));
    const treated = arm((name) => name === "6-MP");
    const placebo = arm((name) => name !== "6-MP");
    const curve = kaplanMeier(treated).value;
    expect(curve?.steps.map((s) => s.time)).toEqual(expected["6-MP"].time);
    curve?.steps.forEach((step, i) => {
      expect(Math.abs(step.survival - (expected["6-MP"].S[i] ?? 0))).toBeLessThan(1e-6);
      expect(Math.abs(step.standardError - (expected["6-MP"].se_greenwood[i] ?? 0))).toBeLessThan(
        1e-6,
      );
    });
    expect(curve?.median.value).toBe(expected["6-MP"].median);
    expect(kaplanMeier(placebo).value?.median.value).toBe(expected.placebo.median);
    const test = logRank([treated, placebo]).value;
    expect(Math.abs((test?.chiSquare ?? 0) - expected.logrank_chi2)).toBeLessThan(1e-6);
    expect(Math.abs((test?.p ?? 1) - expected.logrank_p)).toBeLessThan(1e-6);
  });
});
