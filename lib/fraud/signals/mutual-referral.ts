import type { Acquaintance, Signal } from "./signal";

/** Two people inviting each other: only the first invitation brought somebody new. */
export function mutualReferral({ friendReferredAdvocate }: Acquaintance): Signal | null {
  if (!friendReferredAdvocate) return null;
  return {
    kind: "mutual_referral",
    severity: "block",
    detail: "The friend had invited the advocate before.",
    evidence: [],
  };
}
