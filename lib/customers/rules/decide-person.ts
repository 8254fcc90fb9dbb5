import { newId } from "@/lib/core/id";
import { disposableDomain } from "@/lib/core/internet/disposable-email";
import { emailIdentity } from "@/lib/core/values/email";
import type { FoundCustomer, NamedCustomer } from "../queries/named";
import type { Said } from "./asked";
import type { SaidKey } from "./keys";
import { noChange, noWrites, type PersonWrites } from "./person-writes";
import { mergedTraits } from "./traits";
import { planUnproven, planUpsert, type UpsertNote, type WantedKeys } from "./upsert";

/** Who was found by what is said. */
export type FoundBySaid = {
  byExternalId: FoundCustomer | null;
  byEmail: FoundCustomer | null;
  /** Customers who have some of the keys that are said, or were seen in the browser. */
  sharers: readonly string[];
};

export type DecidedPerson = {
  /** As they are once the writes are done. */
  customer: NamedCustomer;
  created: boolean;
  notes: UpsertNote[];
  /** This browser turned out to be theirs. */
  isNewBrowser: boolean;
  /** They turned out to share something with others, or to use a disposable address: noted. */
  isNoted: boolean;
  /**
   * A second record that is named by address, beside the one that is named by id. The two are to be
   * merged; until then what is said of them is not written to either.
   */
  alsoNamed: string | null;
  writes: PersonWrites;
};

/**
 * Decides who is meant by what is said of a person, and what of it is new. The merchant's id takes
 * precedence over the address. An address is never moved from another customer; the notes say so
 * instead. What a web page says makes people known, but changes nobody who was. Every identifier is
 * remembered, so that one person under several ids is noticed. A new person's id is made here.
 * @param found what was read of them under their locks
 */
export function decidePerson(said: Said, found: FoundBySaid, now: Date): DecidedPerson {
  const planned = planUpsert(found, { externalId: said.externalId, email: said.email });
  const plan = said.provenBy !== null ? planned : planUnproven(planned);
  const { notes } = plan;
  if (plan.do === "create") {
    const customer = newCustomer(plan.keys, said);
    const created = { customer, created: true, notes, alsoNamed: null };
    const { traits } = said;
    const identity = identityOf(plan.keys);
    const insert = { ...customer, traits, ...identity, createdAt: now, ...NO_ORDERS };
    return remembered(created, null, said, found, { ...noWrites(), insert }, now);
  }
  const meant = plan.id === found.byExternalId?.id ? found.byExternalId : found.byEmail!;
  const alsoNamed = plan.alsoNamed ?? null;
  const stays = said.provenBy === null || alsoNamed !== null;
  const { customer, writes } = stays
    ? { customer: namedOf(meant), writes: noWrites() }
    : changed(meant, plan.set, said);
  const known = { customer, created: false, notes, alsoNamed };
  return remembered(known, meant, said, found, writes, now);
}

const NO_ORDERS = {
  orderCount: 0,
  revenueMinor: 0n,
  firstOrderAt: null,
  lastOrderAt: null,
};

function newCustomer(keys: WantedKeys, { name, locale, traits, seenAt }: Said): NamedCustomer {
  return { id: newId("cus"), ...keys, name, locale, traits, firstSeenAt: seenAt, shares: false };
}

/** The canonical form of a new address, stored to find several addresses of one person. */
function identityOf({ email }: Partial<WantedKeys>): { emailIdentity: string | null } {
  return { emailIdentity: email ? emailIdentity(email) : null };
}

/** Somebody who was known, with the keys that are set and with what is new about them. */
function changed(
  meant: FoundCustomer,
  set: Partial<WantedKeys>,
  { name, locale, traits, seenAt }: Said,
): Pick<DecidedPerson, "customer" | "writes"> {
  const before = namedOf(meant);
  const isTold =
    (name !== null && name !== before.name) ||
    (locale !== null && locale !== before.locale) ||
    seenAt < before.firstSeenAt ||
    Object.entries(traits).some(
      ([key, value]) => JSON.stringify(before.traits[key] ?? null) !== JSON.stringify(value),
    );
  if (!isTold && Object.keys(set).length === 0) return { customer: before, writes: noWrites() };
  const customer = { ...before, ...set };
  if (isTold) {
    customer.name = name ?? before.name;
    customer.locale = locale ?? before.locale;
    customer.traits = mergedTraits(before.traits, traits);
    if (seenAt < before.firstSeenAt) customer.firstSeenAt = seenAt;
  }
  const { shares: _, ...row } = customer;
  const traitsAfter = isTold ? customer.traits : null;
  const change = { ...noChange(meant.id), ...row, ...identityOf(set), traits: traitsAfter };
  return { customer, writes: { ...noWrites(), change } };
}

/** With what was said to identify them, and where they were seen. */
function remembered(
  person: Omit<DecidedPerson, "isNewBrowser" | "isNoted" | "writes">,
  meant: FoundCustomer | null,
  { keys, visitorId, seenAt, provenBy }: Said,
  { sharers }: FoundBySaid,
  writes: PersonWrites,
  now: Date,
): DecidedPerson {
  const customerId = person.customer.id;
  const isProven = provenBy !== null;
  const seenInAt = meant?.seenInAt ?? null;
  const isNewBrowser = visitorId !== null && isProven && !meant?.isTheirBrowser;
  if (visitorId !== null && (isNewBrowser || seenInAt === null || seenInAt < seenAt))
    writes.browsers.push({ customerId, visitorId, linkedAt: seenAt, proven: isProven });
  const news = keys.filter(({ kind, value }) => {
    const known = meant?.keys.find((key) => key.kind === kind && key.value === value);
    return !known || (isProven && !known.proven);
  });
  const proof = { provenBy, provenAt: isProven ? seenAt : null };
  for (const key of news) writes.keys.push({ ...key, ...proof, customerId, firstSeenAt: seenAt });
  const isNews = news.length > 0 || (visitorId !== null && seenInAt === null);
  const isShared = isNews && sharers.some((id) => id !== customerId);
  const isNoted = isShared || news.some(isDisposable);
  if (isNoted) writes.noted.push({ customerId, id: newId("idn"), notedAt: now });
  return { ...person, isNewBrowser, isNoted, writes };
}

function isDisposable({ kind, said }: SaidKey): boolean {
  return kind === "email" && disposableDomain(said) !== null;
}

function namedOf(found: FoundCustomer): NamedCustomer {
  const { id, externalId, email, name, locale, traits, firstSeenAt, shares } = found;
  return { id, externalId, email, name, locale, traits, firstSeenAt, shares };
}
