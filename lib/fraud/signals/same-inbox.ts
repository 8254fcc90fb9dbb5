import type { Acquaintance, Signal } from "./signal";

/** One person with two emails of one inbox: "mira@…" inviting "mira+1@…". */
export function sameInbox({ friend, advocate }: Acquaintance): Signal | null {
  if (friend.emailIdentity === null || friend.emailIdentity !== advocate.emailIdentity) return null;
  return {
    kind: "self_referral",
    severity: "block",
    detail: "Friend and advocate use the same inbox.",
  };
}
