import type { FraudRules } from "@/lib/terms/rules/fraud";
import type { Signal } from "../signals/signal";

/** The highest score: nothing is more certain than that two records are one person. */
const MOST = 100;

/** What a signal counts for, of 100. */
export function weightOf(
  { kind, severity }: Pick<Signal, "kind" | "severity">,
  { weights }: Pick<FraudRules, "weights">,
): number {
  return severity === "block" ? MOST : weights[kind];
}

/** What weights add up to, from 0 to 100. */
export function scoreOf(weights: readonly number[]): number {
  return Math.min(
    MOST,
    weights.reduce((sum, weight) => sum + weight, 0),
  );
}

/** How far the rewards of a referral had come when a signal was found. */
export type Reached = "nothing" | "held" | "released" | "paid";

/** @param states of the referral's rewards */
export function reachedBy(states: readonly string[]): Reached {
  if (states.includes("used")) return "paid";
  if (states.includes("issued") || states.includes("available")) return "released";
  return states.includes("held") ? "held" : "nothing";
}

/**
 * What signals that are new do to a referral. Before anything was released, grave ones reject it,
 * and one that is only claimed whenever they come: its friend's coupon was lent. What was approved
 * is not rejected again by itself. Else someone is to look once the score is high
 * enough: what is held stays held meanwhile, and what was released or paid is a case with its
 * evidence. Below that they are noted, and stop nothing.
 * @param referral.score of all its signals, these included
 * @returns null where nothing is new
 */
export function consequenceOf(
  signals: readonly Pick<Signal, "severity">[],
  referral: { reached: Reached; isProven: boolean; isApproved: boolean; score: number },
  { holdFrom }: Pick<FraudRules, "holdFrom">,
): "reject" | "review" | "note" | null {
  if (signals.length === 0) return null;
  const isGrave = signals.some(({ severity }) => severity === "block");
  const isReleased = referral.reached === "released" || referral.reached === "paid";
  const mayReject = !isReleased || !referral.isProven;
  if (isGrave && mayReject && !referral.isApproved) return "reject";
  return referral.score >= holdFrom ? "review" : "note";
}
