import fc from "fast-check";
import { expect, it } from "vitest";
import type { Experiment } from "../schema";
import { armFor } from "./arms";
import { factsOf } from "../facts/conditions";

const experiment = (shares: readonly number[], id = "cash-or-credit"): Experiment => ({
  id,
  question: "Cash or credit?",
  arms: shares.map((shareBp, index) => ({
    id: `arm-${index}`,
    name: `Arm ${index}`,
    shareBp,
    segment: null,
  })),
});
const nobody = factsOf({ currency: "USD" });
const people = Array.from({ length: 2_000 }, (_, index) => `adv_${index}`);

it.each([[[5_000, 5_000]], [[1_000, 9_000]], [[3_334, 3_333, 3_333]], [[100, 900, 4_000, 5_000]]])(
  "draws as many into each arm as %j says, within three standard deviations",
  (shares) => {
    for (const id of ["spring", "summer"]) {
      const drawn = people.map((person) => armFor(experiment(shares, id), person, nobody));
      shares.forEach((share, index) => {
        const p = share / 10_000;
        const count = drawn.filter((arm) => arm === `arm-${index}`).length;
        expect(Math.abs(count - people.length * p)).toBeLessThanOrEqual(
          3 * Math.sqrt(people.length * p * (1 - p)),
        );
      });
    }
  },
);

it("draws everybody into an arm, whatever the shares", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9_999 }),
      fc.string(),
      fc.string(),
      (share, id, person) => {
        expect(["arm-0", "arm-1"]).toContain(
          armFor(experiment([share, 10_000 - share], id), person, nobody),
        );
      },
    ),
  );
});

it("draws a person into the same arm in any order of arms, anew in another experiment", () => {
  const one = experiment([3_000, 3_000, 4_000]);
  const moved = { ...one, arms: one.arms.toReversed() };
  const other = experiment([3_000, 3_000, 4_000], "another");
  for (const person of people.slice(0, 200))
    expect(armFor(moved, person, nobody)).toBe(armFor(one, person, nobody));
  expect(
    people.filter((person) => armFor(one, person, nobody) !== armFor(other, person, nobody)).length,
  ).toBeGreaterThan(1_000);
});

it("puts those of a segment into its arm before anybody is drawn", () => {
  const withSegment: Experiment = {
    ...experiment([5_000, 5_000]),
    arms: [
      ...experiment([5_000, 5_000]).arms,
      {
        id: "vip",
        name: "VIP",
        shareBp: null,
        segment: { kind: "segment", of: "advocate", segments: ["vip"] },
      },
    ],
  };
  const vip = factsOf({
    currency: "USD",
    advocate: { traits: { segments: ["VIP"] }, country: null, tier: null },
  });
  expect([armFor(withSegment, "adv_1", vip), armFor(withSegment, "adv_1", nobody)]).toEqual([
    "vip",
    armFor(experiment([5_000, 5_000]), "adv_1", nobody),
  ]);
});
