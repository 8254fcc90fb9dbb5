import type { DomainError } from "@/lib/core/errors";
import { readCode } from "@/lib/core/values/code";
import { readId } from "@/lib/core/values/own-id";
import type { FoundPeople } from "@/lib/customers/queries/named";
import type { Said } from "@/lib/customers/rules/asked";
import { decidePerson } from "@/lib/customers/rules/decide-person";
import { type FoundInPlace, foundInPlaces } from "@/lib/customers/rules/found-people";
import { noWrites, type PersonWrites } from "@/lib/customers/rules/person-writes";
import { planUpsert, type UpsertNote } from "@/lib/customers/rules/upsert";
import type { Decision } from "../../decide/decision";
import { isRefund, type StoredEvent } from "../stored-event";
import { type Told, toldBy } from "./told";

/** The customer behind an event. */
export type Identified = {
  customerId: string;
  name: string | null;
  email: string | null;
  locale: string | null;
  /** Made known by this event; their row is among the writes. */
  created: boolean;
  /**
   * The event told something of them that others share, or that is suspicious by itself: referrals
   * are to be looked at again.
   */
  isNoted: boolean;
  /** Others share a key or a browser of theirs: what they buy may concern others' referrals. */
  shares: boolean;
  /** A browser that was not known to be theirs: what came from it before is theirs too. */
  newBrowser: string | null;
  /**
   * A second record that the event names by its address: the two are one person, to be merged
   * (`mergeNamed`) before anything else is decided.
   */
  alsoNamed: string | null;
};

/** How an event was understood as far as its person goes. */
export type EventPerson = {
  event: StoredEvent;
  /** Null while nobody is known behind it. */
  person: Identified | null;
  decisions: Decision[];
  writes: PersonWrites;
};

export type DecidedPeople = {
  people: EventPerson[];
  /** Events that name somebody by what cannot be read. */
  refused: { event: StoredEvent; error: DomainError }[];
  /**
   * Events that concern people, keys, browsers, orders or coupons that an earlier one of the list
   * does: they are decided once that one is written.
   */
  waiting: StoredEvent[];
  /** Events of a longer list that say of two records that they are one: each is processed alone. */
  merging: StoredEvent[];
};

/**
 * Decides whom events are about, and what they tell of them that is new. Customers whom they name
 * are made known; what a web page says changes no known customer.
 * @param found what `namedQueries` read after `lockPeople`, of the same events
 */
export function decidePeople(
  events: readonly StoredEvent[],
  found: FoundPeople,
  now: Date,
): DecidedPeople {
  const decided: DecidedPeople = { people: [], refused: [], waiting: [], merging: [] };
  const taken = new Set<string>();
  const places = foundInPlaces(events.length, found);
  for (const [place, event] of events.entries()) {
    const told = toldBy(event);
    const names = concernsOf(event, told, places[place]!);
    const mustWait = names.some((name) => taken.has(name));
    // What waits keeps its turn: whatever meets it waits for it.
    for (const name of names) taken.add(name);
    if (mustWait) decided.waiting.push(event);
    else if (told.refused) decided.refused.push({ event, error: told.refused });
    else {
      const known = personOf(event, told, places[place]!, now);
      const isMerging = known.person?.alsoNamed != null && events.length > 1;
      if (isMerging) decided.merging.push(event);
      else decided.people.push(known);
    }
  }
  return decided;
}

/** Everything that two events of one group must not both concern. */
function concernsOf({ body }: StoredEvent, { asked }: Told, found: FoundInPlace): string[] {
  const { said, lastSeenIn } = asked;
  const browser = said?.visitorId ?? lastSeenIn;
  const coupon = asked.discountCode ? readCode(asked.discountCode) : null;
  const orderId = body.refund?.orderId ?? body.order?.id;
  const keys = [...(said?.keys ?? []), ...found.all.flatMap((customer) => customer.keys)];
  return [
    ...keys.map(({ kind, value }) => `${kind} ${value}`),
    ...(said?.externalId ? [`id ${said.externalId}`] : []),
    ...(browser ? [`browser ${browser}`] : []),
    ...(coupon ? [`coupon ${coupon}`] : []),
    ...(orderId ? [`order ${readId(orderId) ?? orderId}`] : []),
    ...found.all.map(({ id }) => `customer ${id}`),
    ...found.all.flatMap(({ sharedBrowsers }) => sharedBrowsers.map((id) => `browser ${id}`)),
    ...found.sharers.map((id) => `customer ${id}`),
  ];
}

function personOf(
  event: StoredEvent,
  { asked, decisions }: Told,
  found: FoundInPlace,
  now: Date,
): EventPerson {
  const { said } = asked;
  if (said === null || asked.isTouch) {
    const person = isRefund(event) ? knownAs(found.byOrder) : knownBy(found);
    const notes = said !== null && person !== null && isNews(found, said) ? [UNPROVEN] : [];
    return { event, person, decisions: [...decisions, ...notes], writes: noWrites() };
  }
  const { writes, ...known } = decidePerson(said, found, now);
  const notes = known.notes.map((note): Decision => ({
    code: `customer_${note}`,
    message: NOTE_WORDS[note],
  }));
  const person: Identified = {
    customerId: known.customer.id,
    name: known.customer.name,
    email: known.customer.email,
    locale: known.customer.locale,
    created: known.created,
    isNoted: known.isNoted,
    shares: known.customer.shares,
    newBrowser: known.isNewBrowser ? said.visitorId : null,
    alsoNamed: known.alsoNamed,
  };
  return { event, person, decisions: [...decisions, ...notes], writes };
}

function knownBy(found: FoundInPlace): Identified | null {
  const { byExternalId, byEmail, byAdvocate, byBrowser, byCoupon } = found;
  return knownAs(byExternalId ?? byEmail ?? byAdvocate ?? byBrowser ?? byCoupon);
}

/** Whether what is said would tell something new of whom it names. */
function isNews(found: FoundInPlace, said: Said): boolean {
  const plan = planUpsert(found, said);
  return plan.do === "create" || Object.keys(plan.set).length > 0;
}

/** Who is known otherwise than by name says nothing new, and may share anything. */
function knownAs(customer: FoundInPlace["byOrder"]): Identified | null {
  if (!customer) return null;
  const { id: customerId, name, email, locale } = customer;
  return { ...NOTHING_NEW, customerId, name, email, locale };
}

const NOTHING_NEW = {
  created: false,
  isNoted: false,
  shares: true,
  newBrowser: null,
  alsoNamed: null,
};

const NOTE_WORDS: Record<UpsertNote, string> = {
  email_taken: "The email address belongs to another customer and stays with them.",
  email_changed: "The customer's email address was changed.",
  external_id_linked: "A customer known by email address was given your id.",
  unproven: "A web page sent another id or email address. Only your server can change them.",
};

const UNPROVEN: Decision = { code: "customer_unproven", message: NOTE_WORDS.unproven };
