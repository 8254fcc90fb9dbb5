import { duplicateFriend } from "./signals/duplicate-friend";
import { mutualReferral } from "./signals/mutual-referral";
import { sameAddress } from "./signals/same-address";
import { sharedBrowser } from "./signals/shared-browser";

/** What is known of a friend and an advocate when they are tied together. */
export type Acquaintance = {
  friend: { customerId: string; emailIdentity: string | null };
  advocate: { customerId: string; emailIdentity: string | null };
  /** The friend's browser has been the advocate's. */
  sharesBrowserWithAdvocate: boolean;
  /** The friend's browser has been that of another friend of the same advocate. */
  sharesBrowserWithFriends: boolean;
  /** Another friend of this program has the same address but for dots and tags. */
  sameIdentityReferred: boolean;
  /** The friend once referred the advocate in this program. */
  friendReferredAdvocate: boolean;
};

/** `block` rejects the referral; `review` keeps its rewards held until someone has looked. */
export type Signal = { kind: string; severity: "block" | "review"; detail: string };

const SIGNALS: readonly ((facts: Acquaintance) => Signal | null)[] = [
  sameAddress,
  duplicateFriend,
  mutualReferral,
  sharedBrowser,
];

/** Every signal that these facts give, the gravest first. */
export function signalsOf(facts: Acquaintance): Signal[] {
  const found = SIGNALS.flatMap((signal) => signal(facts) ?? []);
  return found.sort((a, b) => Number(b.severity === "block") - Number(a.severity === "block"));
}
