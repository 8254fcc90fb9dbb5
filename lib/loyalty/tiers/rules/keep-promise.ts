import type { TierMetric, TierWindow } from "../schema";
import type { CustomerTier, TierRules } from "./follow-tier";
import { type TierFact, valueAt } from "./window";

/**
 * The time that a customer is promised: by which rules their tier was earned.
 */
export type EarnedUnder = {
  metric: TierMetric;
  window: TierWindow;
  windowDays: number;
  threshold: bigint;
};

/**
 * Whether a tier that the rules of today would not give stays for the time that was promised with
 * it: an edit of the rules does not end it early, only facts do.
 * @param facts what counts under the rules that it was earned under
 */
export function keepsPromise(
  stored: CustomerTier & { earnedUnder: EarnedUnder },
  facts: readonly TierFact[],
  timeZone: string,
  now: Date,
): boolean {
  if (now >= stored.graceUntil) return false;
  return (
    valueAt({ ...stored.earnedUnder, timeZone }, facts, stored.earnedAt) >=
    stored.earnedUnder.threshold
  );
}

/** Whether a tier was earned under other rules than those of its tier today. */
export function earnedOtherwise(
  earnedUnder: EarnedUnder,
  rules: TierRules,
  tierId: string,
): boolean {
  const tier = rules.tiers.find(({ id }) => id === tierId);
  return (
    tier?.threshold !== earnedUnder.threshold ||
    rules.metric !== earnedUnder.metric ||
    rules.window !== earnedUnder.window ||
    (rules.window === "rolling" && rules.windowDays !== earnedUnder.windowDays)
  );
}
