import fc from "fast-check";
import { expect, it } from "vitest";
import type { Experiment } from "@/lib/programs/schema";
import { armFor } from "./arms";
import { factsOf } from "./conditions";

const experiment = (shares: readonly number[], id = "cash-or-credit"): Experiment => ({
  id, question: "Cash or credit?", arms: shares.map((shareBp, index) => ({ id: `arm-${index}`, name: `Arm ${index}`, shareBp, segment: null })),
});
const nobody = factsOf({ currency: "USD" });
const people = Array.from({ length: 2_000 }, (_, index) => `adv_${index}`);

it("draws as many into each arm as its share says, within three standard deviations", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 9_999 }), fc.integer({ min: 0, max: 10_000 }), fc.stringMatching(/^[a-z]{3,8}$/), (first, rest, id) => {
    const second = Math.floor(((10_000 - first) * rest) / 10_000);
    const shares = [first, second, 10_000 - first - second].filter((share) => share > 0);
    const drawn = people.map((person) => armFor(experiment(shares, id), person, nobody));
    shares.forEach((share, index) => {
      const p = share / 10_000;
      const count = drawn.filter((arm) => arm === `arm-${index}`).length;
      expect(Math.abs(count - people.length * p)).toBeLessThanOrEqual(3 * Math.sqrt(people.length * p * (1 - p)) + 1);
    });
  }), { numRuns: 12, seed: 7 });
});

it("draws the same person into the same arm, wherever the arms stand, and anew in another experiment", () => {
  const one = experiment([3_000, 3_000, 4_000]);
  const moved = { ...one, arms: one.arms.toReversed() };
  const other = experiment([3_000, 3_000, 4_000], "another");
  for (const person of people.slice(0, 200)) expect(armFor(moved, person, nobody)).toBe(armFor(one, person, nobody));
  expect(people.filter((person) => armFor(one, person, nobody) !== armFor(other, person, nobody)).length).toBeGreaterThan(1_000);
});

it("puts those of a segment into its arm before anybody is drawn", () => {
  const withSegment: Experiment = {
    ...experiment([5_000, 5_000]),
    arms: [...experiment([5_000, 5_000]).arms, { id: "vip", name: "VIP", shareBp: null, segment: { kind: "segment", of: "advocate", segments: ["vip"] } }],
  };
  const vip = factsOf({ currency: "USD", advocate: { traits: { segments: ["VIP"] }, country: null, tier: null } });
  expect([armFor(withSegment, "adv_1", vip), armFor(withSegment, "adv_1", nobody)]).toEqual(["vip", armFor(experiment([5_000, 5_000]), "adv_1", nobody)]);
});
