import type { Moments } from "../statistics/numerics/moments";
import { holm } from "../statistics/comparisons/multiple-comparisons";
import { sampleSizeOfProportions } from "../statistics/comparisons/power";
import { welchTest } from "../statistics/comparisons/two-means";
import { twoProportionTest } from "../statistics/comparisons/two-proportions";

/**
 * Sums over the advocates of one arm; money in minor units. The sums of squares and products are
 * over advocates.
 */
export type ArmSums = {
  arm: string;
  advocates: number;
  shared: number;
  /** Advocates with a qualified friend, and with revenue from friends. */
  brought: number;
  sold: number;
  friends: number;
  qualified: number;
  rewards: number;
  revenue: bigint;
  cost: bigint;
  friendsSquared: number;
  qualifiedSquared: number;
  friendsQualified: number;
  revenueSquared: number;
  costSquared: number;
  costQualified: number;
};

/**
 * One arm against the baseline. `difference` is a share, or minor units of money; `p` is adjusted
 * for all comparisons made.
 */
export type ArmTest = {
  difference: number;
  interval: { low: number; high: number };
  level: number;
  method: string;
  p: number;
  verdict: "higher" | "lower" | "no_difference" | "not_enough";
};
export type ArmComparison = {
  arm: string;
  baseline: string;
  conversion: ArmTest | null;
  revenue: ArmTest | null;
};

/** What it would take to find a rise of a fifth four times out of five. */
export type ArmPlan = {
  baselineShare: number;
  wantedShare: number;
  neededPerArm: number;
  fewest: number;
};

const LEVEL = 0.95;
const RISE = 0.2;
/**
 * The normal approximation of two shares needs this many expected in each of the four cells
 * (Cochran 1954).
 */
const FEWEST_EXPECTED = 5;
/**
 * Welch's t on revenue, which is skewed and mostly zero, needs some who bought at all in each arm.
 */
const FEWEST_SOLD = 30;

type Raw = {
  arm: string;
  test: (Omit<ArmTest, "p" | "verdict"> & { p: number; enough: boolean }) | null;
};

/**
 * Every other arm against the baseline; `p` is adjusted for all tests of one measure (Holm 1979).
 * `null` where an arm has nobody to count.
 */
export function compareArms(baseline: ArmSums, others: readonly ArmSums[]): ArmComparison[] {
  const conversions = judged(
    others.map((other) => ({ arm: other.arm, test: shareTest(baseline, other) })),
  );
  const revenues = judged(
    others.map((other) => ({ arm: other.arm, test: revenueTest(baseline, other) })),
  );
  return others.map(({ arm }, index) => ({
    arm,
    baseline: baseline.arm,
    conversion: conversions[index]!,
    revenue: revenues[index]!,
  }));
}

function shareTest(baseline: ArmSums, other: ArmSums): Raw["test"] {
  const test = twoProportionTest(
    [baseline.brought, baseline.advocates],
    [other.brought, other.advocates],
    LEVEL,
  ).value;
  if (!test) return null;
  const pooled = (baseline.brought + other.brought) / (baseline.advocates + other.advocates);
  const fewest = Math.min(baseline.advocates, other.advocates) * Math.min(pooled, 1 - pooled);
  return {
    difference: test.difference.difference,
    interval: test.difference.interval,
    level: LEVEL,
    p: test.p,
    method: "pooled z test, Newcombe interval",
    enough: fewest >= FEWEST_EXPECTED,
  };
}

function revenueTest(baseline: ArmSums, other: ArmSums): Raw["test"] {
  const test = welchTest(revenueMoments(baseline), revenueMoments(other), LEVEL).value;
  if (!test) return null;
  return {
    difference: test.estimate,
    interval: test.interval,
    level: LEVEL,
    p: test.p,
    method: "Welch’s t test",
    enough: Math.min(baseline.sold, other.sold) >= FEWEST_SOLD,
  };
}

function revenueMoments({ advocates, revenue, revenueSquared }: ArmSums): Moments {
  const mean = advocates === 0 ? 0 : Number(revenue) / advocates;
  return {
    n: advocates,
    mean,
    variance:
      advocates < 2
        ? null
        : Math.max(0, revenueSquared - advocates * mean * mean) / (advocates - 1),
  };
}

/** Adjusts the tests of one measure together, and says what each one shows. */
function judged(raw: readonly Raw[]): (ArmTest | null)[] {
  const adjusted = holm(raw.map(({ test }) => test?.p ?? 1));
  return raw.map(({ test }, index) => {
    if (!test) return null;
    const { enough, ...rest } = test;
    const p = adjusted[index]!;
    const verdict = !enough
      ? "not_enough"
      : p >= 1 - LEVEL
        ? "no_difference"
        : rest.difference > 0
          ? "higher"
          : "lower";
    return { ...rest, p, verdict };
  });
}

/** How many advocates an arm needs, and the fewest that one has. Null while nobody converted. */
export function planFrom({ brought, advocates }: ArmSums, fewest: number): ArmPlan | null {
  const baselineShare = advocates === 0 ? 0 : brought / advocates;
  const wantedShare = baselineShare * (1 + RISE);
  if (baselineShare === 0 || wantedShare > 1) return null;
  const needed = sampleSizeOfProportions(baselineShare, wantedShare).value;
  return needed === null
    ? null
    : { baselineShare, wantedShare, neededPerArm: Math.ceil(needed), fewest };
}
