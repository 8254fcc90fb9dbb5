import { describe, expect, it } from "vitest";
import { decimal } from "@/lib/core/money";
import { ALWAYS, type Arm } from "@/lib/terms/schema";
import { readArms } from "./arms";
import type { ArmSums } from "./compare-arms";

const arm = (id: string, shareBp: number | null): Arm => ({
  id,
  name: id.toUpperCase(),
  shareBp,
  segment: shareBp === null ? ALWAYS : null,
});
/**
 * Advocates of whom some brought one qualified friend each, out of two who joined, for 40.00; a
 * reward of 5.00 for each.
 */
const sums = (id: string, advocates: number, brought: number): ArmSums => ({
  arm: id,
  advocates,
  shared: brought,
  brought,
  sold: brought,
  friends: 2 * brought,
  qualified: brought,
  rewards: brought,
  revenue: BigInt(brought) * 4_000n,
  cost: BigInt(brought) * 500n,
  friendsSquared: 4 * brought,
  qualifiedSquared: brought,
  friendsQualified: 2 * brought,
  revenueSquared: brought * 16e6,
  costSquared: brought * 25e4,
  costQualified: brought * 500,
});
const HALVES = [arm("cash", 5_000), arm("discount", 5_000)];

describe("two arms", () => {
  it("gives each its numbers and tests the difference between advocates", () => {
    const { arms, comparisons, plan, unevenDraw } = readArms(
      HALVES,
      [sums("cash", 1_000, 100), sums("discount", 1_000, 140)],
      "USD/2",
    );
    expect(arms.map(({ conversion }) => conversion.value)).toEqual([0.1, 0.14]);
    // Wilson (1927) for 100 of 1,000.
    expect(arms[0]!.conversion.interval).toMatchObject({
      low: expect.closeTo(0.0829, 4),
      high: expect.closeTo(0.1202, 4),
      method: "Wilson",
    });
    expect(arms[0]).toMatchObject({
      friendConversion: { value: 0.5, numerator: 100, denominator: 200 },
      shared: { value: 0.1 },
    });
    expect(decimal(arms[1]!.costPerQualified.value as never)).toBe("5.00");
    expect(decimal(arms[1]!.revenuePerAdvocate.value as never)).toBe("5.60");
    // z = 0.04 / √(0.12 × 0.88 × 2/1000) = 2.752.
    expect(comparisons).toMatchObject([{ arm: "discount", baseline: "cash" }]);
    expect(comparisons[0]!.conversion).toMatchObject({
      difference: expect.closeTo(0.04),
      p: expect.closeTo(0.0059, 4),
      verdict: "higher",
    });
    expect(comparisons[0]!.revenue).toMatchObject({
      difference: expect.closeTo(160),
      verdict: "higher",
      method: "Welch’s t test",
    });
    expect(unevenDraw).toMatchObject({ mismatch: false, p: 1 });
    // power.prop.test(p1 = .1, p2 = .12, power = .8): 3,841 a group.
    expect(plan).toEqual({
      baselineShare: 0.1,
      wantedShare: 0.12,
      neededPerArm: 3_841,
      fewest: 1_000,
    });
  });

  it("says that it is too early, rather than what chance says", () => {
    const { comparisons } = readArms(
      HALVES,
      [sums("cash", 12, 1), sums("discount", 11, 5)],
      "USD/2",
    );
    expect(comparisons[0]).toMatchObject({
      conversion: { verdict: "not_enough" },
      revenue: { verdict: "not_enough" },
    });
  });

  it("knows nothing of arms without people", () => {
    const { arms, comparisons, plan, unevenDraw } = readArms(HALVES, [], "USD/2");
    expect(arms[0]).toMatchObject({
      advocates: 0,
      conversion: { value: null, unknown: "nobody_in_arm" },
      friendConversion: { value: null, unknown: "no_friends" },
      costPerQualified: { value: null, unknown: "nobody_confirmed" },
      revenuePerAdvocate: { value: null, unknown: "nobody_in_arm" },
    });
    expect({ comparisons, plan, unevenDraw }).toEqual({
      comparisons: [{ arm: "discount", baseline: "cash", conversion: null, revenue: null }],
      plan: null,
      unevenDraw: null,
    });
  });

  it("notices a draw that is not the one that was set", () => {
    expect(
      readArms(HALVES, [sums("cash", 600, 60), sums("discount", 400, 40)], "USD/2").unevenDraw,
    ).toMatchObject({ mismatch: true });
  });
});

describe("more arms", () => {
  const thirds = [arm("cash", 3_334), arm("discount", 3_333), arm("gift", 3_333)];

  it("makes several comparisons cost what they must (Holm)", () => {
    const alone = readArms(
      HALVES,
      [sums("cash", 1_000, 100), sums("discount", 1_000, 128)],
      "USD/2",
    ).comparisons[0]!.conversion!;
    const [first, second] = readArms(
      thirds,
      [sums("cash", 1_000, 100), sums("discount", 1_000, 128), sums("gift", 1_000, 101)],
      "USD/2",
    ).comparisons;
    expect(alone).toMatchObject({ verdict: "higher", p: expect.closeTo(0.0488, 4) });
    expect(first!.conversion).toMatchObject({
      p: expect.closeTo(2 * alone.p, 6),
      verdict: "no_difference",
    });
    expect(second!.conversion).toMatchObject({ verdict: "no_difference" });
  });

  it("compares nothing with the arm of a segment, whose people are others", () => {
    const { arms, comparisons } = readArms(
      [...HALVES, arm("staff", null)],
      [sums("cash", 100, 10), sums("discount", 100, 10), sums("staff", 10, 10)],
      "USD/2",
    );
    expect(arms.map(({ advocates }) => advocates)).toEqual([100, 100, 10]);
    expect(comparisons.map((comparison) => comparison.arm)).toEqual(["discount"]);
  });
});
