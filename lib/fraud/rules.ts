import { duplicateFriend } from "./signals/duplicate-friend";
import { knownCustomer } from "./signals/known-customer";
import { mutualReferral } from "./signals/mutual-referral";
import { selfReferral } from "./signals/self-referral";
import { sharedBrowser } from "./signals/shared-browser";
import type { Acquaintance, Signal } from "./signals/signal";

const SIGNALS: readonly ((facts: Acquaintance) => Signal | null)[] = [
  selfReferral,
  duplicateFriend,
  knownCustomer,
  mutualReferral,
  sharedBrowser,
];

/** Every signal that these facts give, the most serious first. */
export function signalsOf(facts: Acquaintance): Signal[] {
  const found = SIGNALS.flatMap((signal) => signal(facts) ?? []);
  return found.sort((a, b) => Number(b.severity === "block") - Number(a.severity === "block"));
}

/** How far the rewards of a referral had come when a signal was found. */
type Reached = "nothing" | "held" | "released" | "paid";

/** @param states of the referral's rewards */
export function reachedBy(states: readonly string[]): Reached {
  if (states.includes("used")) return "paid";
  if (states.includes("issued") || states.includes("available")) return "released";
  return states.includes("held") ? "held" : "nothing";
}

/**
 * What signals that are new do to a referral. Before anything was released, grave ones reject it;
 * what a member approved is not rejected again by itself. Else someone is to look: what is held
 * stays held meanwhile, and what was released or paid is a case with its evidence.
 */
export function consequenceOf(
  signals: readonly Pick<Signal, "severity">[],
  referral: { reached: Reached; isApproved: boolean },
): "reject" | "review" | null {
  if (signals.length === 0) return null;
  const isGrave = signals.some(({ severity }) => severity === "block");
  const isReleased = referral.reached === "released" || referral.reached === "paid";
  return isGrave && !isReleased && !referral.isApproved ? "reject" : "review";
}
