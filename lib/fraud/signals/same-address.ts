import type { Acquaintance, Signal } from "../rules";

/** One person with two addresses of one mailbox: "mira@…" inviting "mira+1@…". */
export function sameAddress({ friend, advocate }: Acquaintance): Signal | null {
  if (friend.emailIdentity === null || friend.emailIdentity !== advocate.emailIdentity) return null;
  return {
    kind: "self_referral",
    severity: "block",
    detail: "Friend and advocate use the same mailbox.",
  };
}
