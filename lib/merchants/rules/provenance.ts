/**
 * Who said a fact: the shop's server with a secret key, a customer whom the shop's server signed in
 * (handover) or who answered an email, a member of staff, or a browser, which anybody can make say
 * anything: a publishable key, a cookie.
 */
const PROVENANCES = ["server", "handover", "email", "staff", "browser"] as const;
export type Provenance = (typeof PROVENANCES)[number];
/** Who says what a customer does on their own pages, by how their session began. */
export type SignedIn = Extract<Provenance, "handover" | "email">;

/** What a fact may move. */
export type Power =
  /** Makes people known, tells something new of them, and says whose browser is whose. */
  | "identify"
  /** Proves what lets somebody in: an id, an address, a number. */
  | "prove"
  /** Ties a customer to an advocate's code. */
  | "tie"
  /** Proves that somebody accepted an invitation; until then their advocate earns nothing by it. */
  | "accept"
  /** Happened when its sender says; else when it was received. */
  | "date"
  /** States orders and refunds. */
  | "order"
  /** Counts as a goal of a friend. */
  | "qualify"
  /** Earns its customer a reward for what they did themselves. */
  | "earn";

const ALL: readonly Power[] = [
  "identify",
  "prove",
  "tie",
  "accept",
  "date",
  "order",
  "qualify",
  "earn",
];
/** Somebody who signed in acts on their own page: shares, joins, looks. */
const SIGNED_IN: readonly Power[] = ["date", "qualify", "earn"];

const POWERS: Record<Provenance, readonly Power[]> = {
  server: ALL,
  staff: ALL,
  handover: SIGNED_IN,
  email: SIGNED_IN,
  browser: [],
};

/**
 * What our own pages record of a browser, under types that nobody can send: that it was seen, and
 * what was typed into an invitation.
 */
const OWN_PAGES = new Map<string, readonly Power[]>([
  ["click", ["date"]],
  ["program_view", ["date"]],
  ["invite_claim", ["identify", "tie", "date", "qualify"]],
]);

/**
 * The same of somebody who is known there: that they answered the email about an invitation, and
 * who told whom, said by both on pages of their own.
 */
const KNOWN_PAGES = new Map<string, readonly Power[]>([
  ["invite_answer", ["identify", "prove", "accept", "date"]],
  ["nomination", ["identify", "tie", "accept", "date", "qualify"]],
]);

/**
 * What a browser may move by types of events that the shop has allowed, within the day's limit: see
 * `letCount`. What it earns waits for staff.
 */
const ALLOWED: readonly Power[] = ["qualify"];

/** What is said about a fact by itself. */
export type Said = {
  provenance: Provenance;
  type: string;
  /** A browser said it, and it counts by the shop's own word. */
  isAllowed?: boolean;
};

/** Whether a fact may move something, by who said it: everything that believes a fact asks here. */
export function may({ provenance, type, isAllowed }: Said, power: Power): boolean {
  const pages = provenance === "browser" ? OWN_PAGES : KNOWN_PAGES;
  return (
    POWERS[provenance].includes(power) ||
    (pages.get(type)?.includes(power) ?? false) ||
    (isAllowed === true && provenance === "browser" && ALLOWED.includes(power))
  );
}

/** Everyone whose word has a power, whatever it is about. */
export function whoMay(power: Power): Provenance[] {
  return PROVENANCES.filter((provenance) => POWERS[provenance].includes(power));
}
