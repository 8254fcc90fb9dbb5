import type { Milestone, Touch } from "../journey";

/**
 * Fixed shares for the first touch and for the touches that brought about milestones, the rest over
 * all other touches. A touch that is two milestones takes both shares. Where a milestone is
 * missing, or there is no other touch, the shares that remain are scaled to sum to 1. If several
 * touches claim one milestone, lead and opportunity go to the earliest, close to the latest.
 */
export function milestoneShares(
  touches: readonly Touch[],
  share: number,
  milestones: readonly Milestone[],
  others: number,
): number[] {
  const credits = touches.map(() => 0);
  const give = (index: number) => {
    if (index >= 0) credits[index] = (credits[index] ?? 0) + share;
  };
  if (touches.length > 0) give(0);
  for (const milestone of milestones) {
    const claims = (touch: Touch) => touch.milestones?.includes(milestone) ?? false;
    give(milestone === "close" ? touches.findLastIndex(claims) : touches.findIndex(claims));
  }
  const rest = credits.filter((credit) => credit === 0).length;
  const raw = credits.map((credit) => (credit === 0 ? others / rest : credit));
  const whole = raw.reduce((sum, credit) => sum + credit, 0);
  return raw.map((credit) => credit / whole);
}
