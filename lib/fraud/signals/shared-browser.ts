import type { Acquaintance, Signal } from "./signal";

/** One browser for both: a family, or one person. A human decides. */
export function sharedBrowser(facts: Acquaintance): Signal | null {
  if (facts.sharesBrowserWithAdvocate) {
    return {
      kind: "shared_browser",
      severity: "review",
      detail: "The friend's browser was used by the advocate.",
    };
  }
  if (facts.sharesBrowserWithFriends) {
    return {
      kind: "shared_browser",
      severity: "review",
      detail: "Another friend of this advocate used the same browser.",
    };
  }
  return null;
}
