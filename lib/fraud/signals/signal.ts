import type { SignalKind } from "@/lib/terms/schema";

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

/** Something else that a signal rests on; null for what it does not tell. */
export type Fact = {
  kind: "network" | "pace" | "domain" | "unanswered" | "bounced" | "coupon" | "goal";
  /** How many there were within a day. */
  count: number | null;
  /** The address, its domain, or the code. */
  said: string | null;
  customerId: string | null;
  orderId: string | null;
};

/** A fact with what it does not tell. */
export function factOf(fact: Pick<Fact, "kind"> & Partial<Fact>): Fact {
  return { count: null, said: null, customerId: null, orderId: null, ...fact };
}

/** What the shop's records tell about a friend and an advocate. */
export type Acquaintance = {
  matches: readonly Match[];
  /** All addresses that were said of the friend. */
  emails: readonly string[];
  /** The friend once referred the advocate in this program. */
  friendReferredAdvocate: boolean;
  newCustomersOnly: boolean;
};

/** What is seen when a referral begins. Numbers count it too, and are 0 where nothing is known. */
export type Beginning = {
  /** The friend accepted the invitation on our page: in a browser that had a name? */
  claimed: { hasVisitor: boolean } | null;
  /** People who came from its network within the day before. */
  peopleOfNetwork: number;
  /** Friends whom its advocate brought within the day before. */
  friendsOfAdvocate: number;
};

/**
 * `block` rejects the referral; `review` adds to its score, and a high one holds its rewards until
 * someone has looked.
 */
export type Signal = {
  kind: SignalKind;
  severity: "block" | "review";
  /** What was seen, in English. */
  detail: string;
  evidence: readonly (Match | Fact)[];
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
