/**
 * What transactions lock, in the order in which all of them do: whoever holds one kind waits for no
 * earlier one, so two transactions never wait for each other. `shared` is what several customers
 * may share: an address, a number, a browser.
 */
export const LOCK_ORDER = [
  "shared",
  "customer",
  "referral",
  "reward",
  "budget",
  "advocate",
  "account",
] as const;
export type LockKind = (typeof LOCK_ORDER)[number];

/** The place of a kind in the order, from 0. */
export function lockRank(kind: LockKind): number {
  return LOCK_ORDER.indexOf(kind);
}
