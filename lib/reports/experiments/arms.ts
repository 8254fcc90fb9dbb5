import type { Asset } from "@/lib/core/money";
import type { Arm } from "@/lib/terms/schema";
import type { Reading } from "../metric";
import { moneyPerReading, ratioReading, shareReading, type Tally, totalReading } from "../reading";
import type { Moments } from "../statistics/numerics/moments";
import { holm } from "../statistics/comparisons/multiple-comparisons";
import { sampleSizeOfProportions } from "../statistics/comparisons/power";
import { sampleRatioCheck } from "../statistics/comparisons/sample-ratio";
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
  /** Advocates with a confirmed friend, and with revenue from friends. */
  brought: number;
  sold: number;
  friends: number;
  confirmed: number;
  rewards: number;
  revenue: bigint;
  cost: bigint;
  friendsSquared: number;
  confirmedSquared: number;
  friendsConfirmed: number;
  revenueSquared: number;
  costSquared: number;
  costConfirmed: number;
};

export type ArmReading = {
  id: string;
  name: string;
  /** In basis points of those drawn; null for an arm of a segment. */
  shareBp: number | null;
  advocates: number;
  friends: number;
  confirmed: number;
  rewards: number;
  shared: Reading;
  conversion: Reading;
  friendConversion: Reading;
  revenue: Reading;
  cost: Reading;
  costPerConfirmed: Reading;
  revenuePerAdvocate: Reading;
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

export type ArmsReading = {
  arms: ArmReading[];
  comparisons: ArmComparison[];
  plan: ArmPlan | null;
  /**
   * True when advocates are spread over the drawn arms as chance does not do it: something is
   * broken.
   */
  unevenDraw: { mismatch: boolean; p: number } | null;
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

/**
 * The arms of an experiment, each with its numbers, and every drawn arm against the first. The unit
 * that is drawn is the advocate, so tests count advocates: shares by the pooled z test with
 * Newcombe's interval, revenue by Welch's t; with more than two arms p is Holm's. Arms of a segment
 * were not drawn, and are compared with nothing.
 */
export function readArms(
  arms: readonly Arm[],
  sums: readonly ArmSums[],
  asset: Asset,
): ArmsReading {
  const of = (id: string) => sums.find(({ arm }) => arm === id) ?? { ...NOBODY, arm: id };
  const drawn = arms.filter(({ shareBp }) => shareBp !== null);
  const [baseline, ...others] = drawn.map(({ id }) => of(id));
  const check = sampleRatioCheck(
    drawn.map(({ id }) => of(id).advocates),
    drawn.map(({ shareBp }) => shareBp!),
  ).value;
  return {
    arms: arms.map((arm) => armReading(arm, of(arm.id), asset)),
    comparisons: baseline ? compare(baseline, others) : [],
    plan: baseline
      ? planFrom(baseline, Math.min(...drawn.map(({ id }) => of(id).advocates)))
      : null,
    unevenDraw: check && { mismatch: check.mismatch, p: check.p },
  };
}

const NOBODY: Omit<ArmSums, "arm"> = {
  advocates: 0,
  shared: 0,
  brought: 0,
  sold: 0,
  friends: 0,
  confirmed: 0,
  rewards: 0,
  revenue: 0n,
  cost: 0n,
  friendsSquared: 0,
  confirmedSquared: 0,
  friendsConfirmed: 0,
  revenueSquared: 0,
  costSquared: 0,
  costConfirmed: 0,
};

function armReading({ id, name, shareBp }: Arm, sums: ArmSums, asset: Asset): ArmReading {
  const { advocates, shared, brought, friends, confirmed, rewards, revenue, cost } = sums;
  const tally = (part: Pick<Tally, "x" | "y" | "xx" | "yy" | "xy">): Tally => ({
    facts: advocates,
    people: advocates,
    reached: brought,
    ...part,
  });
  const perAdvocate = tally({
    x: BigInt(advocates),
    y: revenue,
    xx: advocates,
    yy: sums.revenueSquared,
    xy: Number(revenue),
  });
  const perConfirmed = tally({
    x: BigInt(confirmed),
    y: cost,
    xx: sums.confirmedSquared,
    yy: sums.costSquared,
    xy: sums.costConfirmed,
  });
  const perFriend = tally({
    x: BigInt(friends),
    y: BigInt(confirmed),
    xx: sums.friendsSquared,
    yy: sums.confirmedSquared,
    xy: sums.friendsConfirmed,
  });
  return {
    id,
    name,
    shareBp,
    advocates,
    friends,
    confirmed,
    rewards,
    shared: shareReading(shared, advocates, "nobody_in_arm"),
    conversion: shareReading(brought, advocates, "nobody_in_arm"),
    friendConversion: asShare(ratioReading(perFriend, "no_friends")),
    revenue: totalReading(perAdvocate, asset),
    cost: totalReading(perConfirmed, asset),
    costPerConfirmed: notBelowZero(moneyPerReading(perConfirmed, asset, "nobody_confirmed")),
    revenuePerAdvocate: notBelowZero(moneyPerReading(perAdvocate, asset, "nobody_in_arm")),
  };
}

/** A ratio that cannot leave 0 to 1, nor its interval. */
function asShare(reading: Reading): Reading {
  const { interval } = reading;
  const within = (figure: unknown) => Math.min(1, Math.max(0, Number(figure)));
  return {
    ...reading,
    unit: "share",
    interval: interval && { ...interval, low: within(interval.low), high: within(interval.high) },
  };
}

/**
 * Neither costs nor what is left of revenue can be below 0; the symmetric interval does not know
 * that.
 */
function notBelowZero(reading: Reading): Reading {
  const { interval } = reading;
  if (!interval || typeof interval.low === "number" || interval.low.minor >= 0n) return reading;
  return { ...reading, interval: { ...interval, low: { ...interval.low, minor: 0n } } };
}

type Raw = {
  arm: string;
  test: (Omit<ArmTest, "p" | "verdict"> & { p: number; enough: boolean }) | null;
};

function compare(baseline: ArmSums, others: readonly ArmSums[]): ArmComparison[] {
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

function planFrom({ brought, advocates }: ArmSums, fewest: number): ArmPlan | null {
  const baselineShare = advocates === 0 ? 0 : brought / advocates;
  const wantedShare = baselineShare * (1 + RISE);
  if (baselineShare === 0 || wantedShare > 1) return null;
  const needed = sampleSizeOfProportions(baselineShare, wantedShare).value;
  return needed === null
    ? null
    : { baselineShare, wantedShare, neededPerArm: Math.ceil(needed), fewest };
}
