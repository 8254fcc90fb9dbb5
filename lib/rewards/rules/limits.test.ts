import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cap } from "@/lib/terms/schema";
import { capPeriod, decideWithin, isLimited, type Limits, limitsOf } from "./limits";

const free = { advocateCap: null, budget: { cost: null, rewards: null }, currency: "USD" };
const used = (rewards: number, costMinor: bigint) => ({ rewards, costMinor });
const limits = (change: {
  advocateCap?: number;
  rewards?: number;
  cost?: string;
  caps?: Cap[];
  ruleCaps?: Cap[];
}): Limits => {
  const caps = [...(change.ruleCaps ?? []), ...(change.caps ?? [])];
  return limitsOf(
    {
      ...free,
      advocateCap: change.advocateCap ?? null,
      budget: { cost: change.cost ?? null, rewards: change.rewards ?? null },
      caps: change.caps ?? [],
    },
    { caps: change.ruleCaps ?? [] },
    {
      advocateRewards: 9,
      programRewards: 9,
      programCostMinor: 900n,
      caps: caps.map(() => used(9, 900n)),
    },
  );
};
const perDay = (change: Partial<Cap>): Cap => ({ who: "person", per: "day", ...change });

describe("decideWithin", () => {
  it.each<[string, Parameters<typeof limits>[0], string, string | null]>([
    ["nothing", {}, "benefit", null],
    ["a cap of the advocate that has room", { advocateCap: 10 }, "benefit", null],
    ["a cap of the advocate that is full", { advocateCap: 9 }, "fallback", "advocate_cap_reached"],
    ["a number of rewards that is full", { rewards: 9 }, "nothing", "budget_reached"],
    ["a budget that it fills to the cent", { cost: "10" }, "benefit", null],
    ["a budget that only the smaller one fits", { cost: "9.99" }, "fallback", "budget_reached"],
    ["a budget that nothing fits", { cost: "9.09" }, "nothing", "budget_reached"],
    ["a cap by number that has room", { ruleCaps: [perDay({ rewards: 10 })] }, "benefit", null],
    [
      "a cap by number that is full",
      { ruleCaps: [perDay({ rewards: 9 })] },
      "fallback",
      "cap_reached",
    ],
    [
      "a cap by cost that only the smaller one fits",
      { caps: [perDay({ cost: "9.50" })] },
      "fallback",
      "cost_cap_reached",
    ],
    [
      "a cap by cost that nothing fits",
      { caps: [perDay({ cost: "9.05" })] },
      "nothing",
      "cost_cap_reached",
    ],
  ])("under %s", (_, change, give, code) => {
    const decision = decideWithin(limits(change), 100n, 10n);
    expect([decision.give, decision.reasons[0]?.code ?? null]).toEqual([give, code]);
    if (give === "fallback") expect(decideWithin(limits(change), 100n, null).give).toBe("nothing");
  });

  it("names every limit that leaves no room", () => {
    expect(
      decideWithin(
        limits({
          advocateCap: 1,
          rewards: 1,
          cost: "1",
          caps: [perDay({ rewards: 1, cost: "1" })],
        }),
        100n,
        null,
      ).reasons.map(({ code }) => code),
    ).toEqual([
      "advocate_cap_reached",
      "cap_reached",
      "cost_cap_reached",
      "budget_reached",
      "budget_reached",
    ]);
  });

  it("lets no sequence of rewards pass what may be spent, nor its own benefit a number", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            cost: fc.bigInt(0n, 500n),
            smaller: fc.option(fc.bigInt(0n, 200n), { nil: null }),
          }),
        ),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 20 }),
        (rewards, most, budget) => {
          const terms = { ...free, budget: { cost: String(budget), rewards: null } };
          const state = { rewards: 0, costMinor: 0n, own: 0 };
          for (const { cost, smaller } of rewards) {
            const { give } = decideWithin(
              limitsOf(
                terms,
                { caps: [perDay({ rewards: most })] },
                {
                  advocateRewards: null,
                  programRewards: state.rewards,
                  programCostMinor: state.costMinor,
                  caps: [used(state.rewards, state.costMinor)],
                },
              ),
              cost,
              smaller,
            );
            if (give === "nothing") continue;
            state.rewards += 1;
            state.costMinor += give === "benefit" ? cost : smaller!;
            if (give === "benefit") state.own += 1;
          }
          expect(state.costMinor).toBeLessThanOrEqual(BigInt(budget) * 100n);
          expect(state.own).toBeLessThanOrEqual(most);
        },
      ),
    );
  });
});

it("knows whether anything limits a rule", () => {
  expect([
    isLimited(free, {}),
    isLimited({ ...free, caps: [perDay({ rewards: 1 })] }, {}),
    isLimited(free, { caps: [perDay({ cost: "1" })] }),
  ]).toEqual([false, true, true]);
});

describe("capPeriod", () => {
  const at = new Date("2026-03-28T23:30:00Z");
  it.each([
    // The clock of Berlin goes forward on Sunday the 29th; there it is half past midnight.
    ["day", "Europe/Berlin", "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"],
    ["week", "Europe/Berlin", "2026-03-22T23:00:00.000Z", "2026-03-29T22:00:00.000Z"],
    ["month", "Europe/Berlin", "2026-02-28T23:00:00.000Z", "2026-03-31T22:00:00.000Z"],
    ["day", "America/New_York", "2026-03-28T04:00:00.000Z", "2026-03-29T04:00:00.000Z"],
  ] as const)("of a %s in %s", (per, zone, from, until) => {
    const period = capPeriod(per, at, zone);
    expect([period.from?.toISOString(), period.until?.toISOString()]).toEqual([from, until]);
  });
  it("of ever has no ends", () =>
    expect(capPeriod("ever", at, "UTC")).toEqual({ from: null, until: null }));
  it("contains its instant and meets the next one", () => {
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: new Date("2020-01-01"), max: new Date("2030-01-01") }),
        fc.constantFrom("day", "week", "month"),
        fc.constantFrom(
          "UTC",
          "Europe/Berlin",
          "America/Sao_Paulo",
          "Pacific/Apia",
          "Africa/Cairo",
        ),
        (at, per, zone) => {
          const { from, until } = capPeriod(per, at, zone);
          expect(from! <= at && at < until!).toBe(true);
          expect(capPeriod(per, until!, zone).from).toEqual(until);
        },
      ),
      { numRuns: 60 },
    );
  });
});
