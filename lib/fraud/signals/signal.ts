/**
 * Another record of the shop that shares with a friend what identifies a person, and why that
 * matters for the friend's referral.
 */
export type Match = {
  kind: "email" | "phone" | "browser";
  /** Both were said by the shop's server, or in person; a web page can say anything. */
  proven: boolean;
  customerId: string;
  /** As it was said of the friend's record, and of the other. */
  said: string;
  otherSaid: string;
  /** The other one is the advocate. */
  isAdvocate: boolean;
  /** A referral of the other one in this program that began before this one. */
  earlierReferralId: string | null;
  /** An order of the other one that stands, from before this referral began. */
  earlierOrderId: string | null;
};

/** What the shop's records tell about a friend and an advocate. */
export type Acquaintance = {
  matches: readonly Match[];
  /** The friend once referred the advocate in this program. */
  friendReferredAdvocate: boolean;
  newCustomersOnly: boolean;
};

/** `block` rejects the referral; `review` keeps its rewards held until someone has looked. */
export type Signal = {
  kind: string;
  severity: "block" | "review";
  detail: string;
  evidence: readonly Match[];
};

/**
 * How grave matches are: a proven address is one person's; a phone, a browser and what only a web
 * page said may be a family's or anybody's, so a human decides.
 */
export function severityOf(matches: readonly Match[]): Signal["severity"] {
  return matches.some(({ proven }) => proven) ? "block" : "review";
}

/** The gravest match first: what is told of a signal. */
export function gravest(matches: readonly Match[]): Match[] {
  const weight = ({ kind, proven }: Match) =>
    proven ? 3 : kind === "email" ? 2 : kind === "phone" ? 1 : 0;
  return [...matches].sort(
    (a, b) => weight(b) - weight(a) || a.customerId.localeCompare(b.customerId),
  );
}
