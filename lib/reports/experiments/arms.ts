import type { Asset } from "@/lib/core/money";
import type { Arm } from "@/lib/terms/schema";
import type { Reading } from "../metric";
import { moneyPerReading, ratioReading, shareReading, type Tally, totalReading } from "../reading";
import { sampleRatioCheck } from "../statistics/comparisons/sample-ratio";
import {
  type ArmComparison,
  type ArmPlan,
  type ArmSums,
  compareArms,
  planFrom,
} from "./compare-arms";

export type ArmReading = {
  id: string;
  name: string;
  /** In basis points of those drawn; null for an arm of a segment. */
  shareBp: number | null;
  advocates: number;
  friends: number;
  qualified: number;
  rewards: number;
  shared: Reading;
  conversion: Reading;
  friendConversion: Reading;
  revenue: Reading;
  cost: Reading;
  costPerQualified: Reading;
  revenuePerAdvocate: Reading;
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
    comparisons: baseline ? compareArms(baseline, others) : [],
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
  qualified: 0,
  rewards: 0,
  revenue: 0n,
  cost: 0n,
  friendsSquared: 0,
  qualifiedSquared: 0,
  friendsQualified: 0,
  revenueSquared: 0,
  costSquared: 0,
  costQualified: 0,
};

function armReading({ id, name, shareBp }: Arm, sums: ArmSums, asset: Asset): ArmReading {
  const { advocates, shared, brought, friends, qualified, rewards, revenue, cost } = sums;
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
  const perQualified = tally({
    x: BigInt(qualified),
    y: cost,
    xx: sums.qualifiedSquared,
    yy: sums.costSquared,
    xy: sums.costQualified,
  });
  const perFriend = tally({
    x: BigInt(friends),
    y: BigInt(qualified),
    xx: sums.friendsSquared,
    yy: sums.qualifiedSquared,
    xy: sums.friendsQualified,
  });
  return {
    id,
    name,
    shareBp,
    advocates,
    friends,
    qualified,
    rewards,
    shared: shareReading(shared, advocates, "nobody_in_arm"),
    conversion: shareReading(brought, advocates, "nobody_in_arm"),
    friendConversion: asShare(ratioReading(perFriend, "no_friends")),
    revenue: totalReading(perAdvocate, asset),
    cost: totalReading(perQualified, asset),
    costPerQualified: moneyPerReading(perQualified, asset, "nobody_confirmed"),
    revenuePerAdvocate: moneyPerReading(perAdvocate, asset, "nobody_in_arm"),
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
