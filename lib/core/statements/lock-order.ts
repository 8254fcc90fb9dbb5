/**
 * What transactions lock, in the order in which all of them do: whoever holds one kind waits for no
 * earlier one, so two transactions never wait for each other. Definitions come first, then people,
 * what they did, what they earned, and last what everybody shares: money and scores.
 */
export const LOCK_ORDER = [
  // Definitions.
  "team",
  "program",
  "campaign",
  "badge",
  // An event that is processed, or set aside.
  "event",
  // What several customers may share: an address, a number, a browser.
  "shared",
  "customer",
  "order",
  "nomination",
  // The tiers of a merchant: those who work them out share it, who edits them has it alone.
  "ladder",
  // Where the sweeps over all customers are.
  "sweep",
  "item",
  "referral",
  // A type of event that counts from browsers, while those of a day are counted.
  "allowed_event",
  "reward",
  "payout",
  "payout_number",
  "pool",
  "budget",
  "advocate",
  "account",
  // The running seasons: those who score share them, who opens or closes one has them alone.
  "season",
  // The scores of an advocate.
  "score",
  // A shop's emails, while they are sorted under its limits.
  "outbox",
] as const;
export type LockKind = (typeof LOCK_ORDER)[number];

/** The place of a kind in the order, from 0. */
export function lockRank(kind: LockKind): number {
  return LOCK_ORDER.indexOf(kind);
}
