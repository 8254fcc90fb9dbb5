import { duplicateFriend } from "./signals/duplicate-friend";
import { mutualReferral } from "./signals/mutual-referral";
import { sameInbox } from "./signals/same-inbox";
import { sharedBrowser } from "./signals/shared-browser";
import type { Acquaintance, Signal } from "./signals/signal";

const SIGNALS: readonly ((facts: Acquaintance) => Signal | null)[] = [
  sameInbox,
  duplicateFriend,
  mutualReferral,
  sharedBrowser,
];

/** Every signal that these facts give, the most serious first. */
export function signalsOf(facts: Acquaintance): Signal[] {
  const found = SIGNALS.flatMap((signal) => signal(facts) ?? []);
  return found.sort((a, b) => Number(b.severity === "block") - Number(a.severity === "block"));
}
