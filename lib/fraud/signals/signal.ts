/** What is known of a friend and an advocate when they are tied together. */
export type Acquaintance = {
  friend: { customerId: string; emailIdentity: string | null };
  advocate: { customerId: string; emailIdentity: string | null };
  /** The friend's browser has been the advocate's. */
  sharesBrowserWithAdvocate: boolean;
  /** The friend's browser has been that of another friend of the same advocate. */
  sharesBrowserWithFriends: boolean;
  /** Another friend of this program has the same email but for dots and tags. */
  sameIdentityReferred: boolean;
  /** The friend once referred the advocate in this program. */
  friendReferredAdvocate: boolean;
};

/** `block` rejects the referral; `review` keeps its rewards held until someone has looked. */
export type Signal = { kind: string; severity: "block" | "review"; detail: string };
