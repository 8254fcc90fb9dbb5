import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { referenceCase, sharedDataPresent } from "@/e2e/support/data/shared-data";
import { bottleneck, funnel, type FunnelEvent } from "./funnel";
import { generationGrowth, type Invited, invitationTrees } from "./invitation-trees";
import { returnOnInvestment, viralCoefficient, viralGrowth } from "./referral-growth";
import { customerSatisfaction, netPromoterScore, promoterCounts } from "./satisfaction";

const star = (n: number): Invited[] =>
  Array.from({ length: n }, (_, i) => ({ id: `p${i}`, invitedBy: i === 0 ? null : "p0" }));
const chain = (n: number): Invited[] =>
  Array.from({ length: n }, (_, i) => ({ id: `p${i}`, invitedBy: i === 0 ? null : `p${i - 1}` }));

describe("referral growth", () => {
  it("is unknown where there is nothing to divide by", () => {
    expect(viralCoefficient(0, 3, 1).reason).toBe("no_customers");
    expect(viralCoefficient(10, 0, 0).value).toEqual({
      k: 0,
      sharesPerCustomer: 0,
      qualifiedPerShare: null,
    });
    expect(returnOnInvestment(10, 0).reason).toBe("no_cost");
    expect(returnOnInvestment(0, 10).value).toBe(-1);
  });

  it("K is the product of its parts; growth a geometric sum, smooth across K = 1", () => {
    const parts = viralCoefficient(40, 120, 30).value;
    expect((parts?.sharesPerCustomer ?? 0) * (parts?.qualifiedPerShare ?? 0)).toBeCloseTo(
      parts?.k ?? 0,
      12,
    );
    expect(viralGrowth(10, 1, 20, 2)).toBe(110);
    expect(viralGrowth(10, 1 + 1e-9, 20, 2)).toBeCloseTo(110, 5);
    expect(viralGrowth(10, 0, 20, 2)).toBe(10);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 3, noNaN: true }),
        fc.integer({ min: 0, max: 12 }),
        (k, cycles) => {
          let sum = 0;
          for (let g = 0; g <= cycles; g += 1) sum += 10 * k ** g;
          expect(viralGrowth(10, k, cycles, 1)).toBeCloseTo(sum, 5);
        },
      ),
    );
  });
});

describe("invitationTrees", () => {
  it("one person, several trees, an inviter out of view, a circle", () => {
    const lone = invitationTrees([{ id: "a", invitedBy: null }]).value?.[0];
    expect(lone).toMatchObject({
      people: 1,
      structuralVirality: { value: null, reason: "one_person" },
    });
    const two = invitationTrees([
      ...star(3),
      { id: "x", invitedBy: "gone" },
      { id: "y", invitedBy: "x" },
    ]).value;
    expect(two?.map((t) => [t.root, t.people])).toEqual([
      ["p0", 3],
      ["x", 2],
    ]);
    expect(generationGrowth(two ?? [])).toEqual([1.5]);
    const circle = [
      { id: "a", invitedBy: "b" },
      { id: "b", invitedBy: "a" },
      { id: "c", invitedBy: null },
    ];
    expect(invitationTrees(circle).reason).toBe("circle");
    expect(invitationTrees([]).value).toEqual([]);
    expect(() => invitationTrees([...star(2), ...star(2)])).toThrow(RangeError);
  });

  it("agrees with walking every pair in any order, and survives a very deep chain", () => {
    const tree = fc.array(fc.nat(), { minLength: 1, maxLength: 25 }).map((picks) =>
      [null, ...picks].map((pick, i) => ({
        id: `p${i}`,
        invitedBy: pick === null ? null : `p${pick % i}`,
      })),
    );
    fc.assert(
      fc.property(tree, (people) => {
        const parent = new Map(people.map((p) => [p.id, p.invitedBy]));
        const line = (id: string | null): string[] =>
          id === null ? [] : [id, ...line(parent.get(id) ?? null)];
        let total = 0;
        for (const a of people) {
          for (const b of people) {
            const up = line(a.id);
            const other = line(b.id);
            total +=
              up.filter((id) => !other.includes(id)).length +
              other.filter((id) => !up.includes(id)).length;
          }
        }
        const pairs = people.length * (people.length - 1);
        const found = invitationTrees([...people].reverse()).value?.[0];
        expect(found?.structuralVirality.value).toBeCloseTo(total / pairs, 10);
      }),
    );
    expect(invitationTrees(chain(100_000)).value?.[0]?.structuralVirality.value).toBeCloseTo(
      100_001 / 3,
      4,
    );
  });
});

describe("satisfaction", () => {
  it("nobody answered, everybody agrees, and answers off the scale", () => {
    expect(customerSatisfaction([]).reason).toBe("no_answers");
    expect(netPromoterScore(promoterCounts([])).reason).toBe("no_answers");
    const all = netPromoterScore({ promoters: 10, passives: 0, detractors: 0 }).value;
    expect(all?.score).toBe(100);
    expect(all?.interval.high).toBe(100);
    expect(all?.interval.low).toBeLessThan(80);
    expect(() => customerSatisfaction([6])).toThrow(RangeError);
    expect(() => promoterCounts([-1])).toThrow(RangeError);
    expect(promoterCounts([0, 6, 7, 8, 9, 10])).toEqual({
      promoters: 2,
      passives: 2,
      detractors: 2,
    });
  });

  it("the interval holds the score", () => {
    const count = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(count, count, count, (promoters, passives, detractors) => {
        const nps = netPromoterScore({ promoters, passives, detractors }).value;
        if (!nps) return;
        expect(nps.interval.low).toBeLessThanOrEqual(nps.score);
        expect(nps.interval.high).toBeGreaterThanOrEqual(nps.score);
      }),
    );
  });
});

describe("funnel", () => {
  const at = (name: string, minute: number): FunnelEvent => ({ name, at: minute * 60_000 });
  const reached = (events: FunnelEvent[], options = {}) =>
    funnel([events], ["a", "b", "c"], options).map((step) => step.reached);

  it("nobody: counts of zero, and shares unknown", () => {
    const empty = funnel([], ["a", "b"]);
    expect(empty[1]).toEqual({
      name: "b",
      reached: 0,
      ofFirst: null,
      ofPrevious: null,
      meanMs: null,
      medianMs: null,
    });
    expect(funnel([[at("a", 1)]], [])).toEqual([]);
  });

  it("order, repeats, and what lies between", () => {
    expect(reached([at("b", 1), at("a", 2)])).toEqual([1, 0, 0]);
    expect(reached([at("a", 1), at("x", 2), at("b", 3)])).toEqual([1, 1, 0]);
    expect(reached([at("a", 1), at("x", 2), at("b", 3)], { order: "strict" })).toEqual([1, 0, 0]);
    expect(reached([at("c", 9), at("b", 5), at("a", 1)])).toEqual([1, 1, 1]);
    expect(funnel([[at("a", 1)]], ["a", "a"]).map((s) => s.reached)).toEqual([1, 0]);
    expect(funnel([[at("a", 1), at("a", 2)]], ["a", "a"]).map((s) => s.reached)).toEqual([1, 1]);
  });

  it("a later start may still make it within the window", () => {
    const events = [at("a", 0), at("b", 1), at("a", 100), at("b", 101), at("c", 102)];
    expect(reached(events, { windowMs: 5 * 60_000 })).toEqual([1, 1, 1]);
    expect(reached(events.slice(0, 2).concat(at("c", 60)), { windowMs: 5 * 60_000 })).toEqual([
      1, 1, 0,
    ]);
  });

  it("no step has more people than the one before, strict no more than ordered", () => {
    const event = fc.record({
      name: fc.constantFrom("a", "b", "c", "x"),
      at: fc.integer({ min: 0, max: 50 }),
    });
    fc.assert(
      fc.property(fc.array(fc.array(event, { maxLength: 12 }), { maxLength: 8 }), (people) => {
        const ordered = funnel(people, ["a", "b", "c"], { windowMs: 20 });
        const strict = funnel(people, ["a", "b", "c"], { windowMs: 20, order: "strict" });
        ordered.forEach((step, k) => {
          expect(step.reached).toBeLessThanOrEqual(ordered[Math.max(0, k - 1)]?.reached ?? 0);
          expect(strict[k]?.reached).toBeLessThanOrEqual(step.reached);
          if (step.meanMs !== null) expect(step.meanMs).toBeLessThanOrEqual(20);
        });
      }),
    );
  });
});

describe("bottleneck", () => {
  const steps = ["cart", "checkout", "paid"];
  it("names the step that lost most value, and none where chance explains it", () => {
    const found = bottleneck(steps, [1000, 400, 300], [1000, 600, 460], [0, 10, 40]).value;
    expect(found).toMatchObject({
      step: "checkout",
      expected: 600,
      actual: 400,
      lostPeople: 200,
      lostValue: 2000,
    });
    expect(bottleneck(steps, [100, 59, 40], [100, 60, 41], [0, 1, 1]).reason).toBe(
      "no_drop_beyond_chance",
    );
    expect(bottleneck(steps, [1000, 700, 600], [1000, 600, 460], [0, 1, 1]).reason).toBe(
      "no_drop_beyond_chance",
    );
    expect(bottleneck(steps, [0, 0, 0], [0, 0, 0], [0, 1, 1]).reason).toBe("no_drop_beyond_chance");
    expect(() => bottleneck(steps, [1], [1], [1])).toThrow(RangeError);
  });
});

describe.skipIf(!sharedDataPresent)("published cases", () => {
  it("REF-01 viral growth", () => {
    type Input = { C0: number; invites: number; conv: number; t: number; ct: number };
    const { input, expected } = referenceCase<Input, { K: number; C: number }>("REF-01");
    const k = viralCoefficient(1, input.invites, input.invites * input.conv).value?.k ?? 0;
    expect(k).toBe(expected.K);
    expect(viralGrowth(input.C0, k, input.t, input.ct)).toBe(expected.C);
  });

  it("REF-03 return of a program", () => {
    type Input = { extra_value_per_referred_customer_eur: number; reward_eur: number };
    const { input, expected } = referenceCase<Input, { roi: number }>("REF-03");
    const roi = returnOnInvestment(input.extra_value_per_referred_customer_eur, input.reward_eur);
    expect(roi.value).toBe(expected.roi);
  });

  it("REF-04 structural virality", () => {
    type Input = { star_n: number; chain_n: number };
    const { input, expected } = referenceCase<Input, { star: number; chain: number }>("REF-04");
    const virality = (people: Invited[]) =>
      invitationTrees(people).value?.[0]?.structuralVirality.value;
    expect(virality(star(input.star_n))).toBeCloseTo(expected.star, 12);
    expect(virality(chain(input.chain_n))).toBeCloseTo(expected.chain, 12);
  });

  it("CSAT-01 satisfaction and promoters", () => {
    type Input = { csat: number[]; nps_promoters_passives_detractors: [number, number, number] };
    const { input, expected } = referenceCase<Input, { csat_pct: number; nps: number }>("CSAT-01");
    expect(100 * (customerSatisfaction(input.csat).value?.share ?? 0)).toBe(expected.csat_pct);
    const [promoters, passives, detractors] = input.nps_promoters_passives_detractors;
    expect(netPromoterScore({ promoters, passives, detractors }).value?.score).toBe(expected.nps);
  });

  it("FUN-01 counts and times, ordered and strict", () => {
    type Input = { events: Record<string, [string, string][]> };
    const { input, expected } = referenceCase<Input, { counts: number[]; avg_seconds: number[] }>(
      "FUN-01",
    );
    const people = Object.values(input.events).map((events) =>
      events.map(([name, time]) => ({ name, at: Date.parse(`${time}Z`) })),
    );
    for (const order of ["ordered", "strict"] as const) {
      const steps = funnel(people, ["signup", "view", "insight"], { order });
      expect(steps.map((s) => s.reached)).toEqual(expected.counts);
      expect(steps.slice(1).map((s) => (s.meanMs ?? 0) / 1000)).toEqual(expected.avg_seconds);
    }
  });
});
