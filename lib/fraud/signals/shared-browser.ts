import type { Acquaintance, Signal } from "./signal";

/** One browser for both: a family, or one person. A human decides. */
export function sharedBrowser({ matches }: Acquaintance): Signal | null {
  const browsers = matches.filter(({ kind }) => kind === "browser");
  const advocate = browsers.filter(({ isAdvocate }) => isAdvocate);
  if (advocate.length > 0) {
    return {
      kind: "shared_browser",
      severity: "review",
      detail: "The friend's browser was used by the advocate.",
      evidence: advocate,
    };
  }
  const friends = browsers.filter(({ earlierReferralId }) => earlierReferralId !== null);
  if (friends.length > 0) {
    return {
      kind: "shared_browser",
      severity: "review",
      detail: "Another friend of this advocate used the same browser.",
      evidence: friends,
    };
  }
  return null;
}
