import { readRows } from "@/lib/core/statements/query";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import type { Decision } from "../decide/decision";
import { restateOrder } from "../intake/orders/restate-order";
import { settleCoupons } from "../intake/orders/settle-coupons";
import { orderIdOf } from "../intake/orders/stated-order";
import { decidePeople, type EventPerson, type Identified } from "../intake/people/decide-people";
import { writeEventPeople } from "../intake/people/write-people";
import { letCount } from "../intake/let-count";
import { settleSignals } from "../intake/raise-signals";
import { orderOf, orderRecorded } from "../intake/record-order";
import { recordRefund } from "../intake/record-refund";
import { isRefund, type StoredEvent } from "../intake/stored-event";
import { mergeNamed } from "../merge/commands";
import { advocatesQuery } from "../read/advocates";
import { readFriends } from "../read/friends";
import { latestGoals } from "../read/goals";
import type { Shop } from "../read/shop";
import { readStory, type StoryRead } from "../read/story";
import { noteOrders } from "../write/notes";
import type { Outcome } from "../write/outcomes";
import { recordPeople, startAll, unproven } from "./record-facts";
import type { OwnEvent } from "./settle-own-actions";
import { type SettledEvent, settlePeople } from "./settle-people";

/** What an event brought: the customer behind it, and the order that it is about. */
type Recorded = {
  customerId: string;
  decisions: Decision[];
  orderId: string | null;
  /** The order was known before: it was refunded, or stated anew. */
  isChange: boolean;
};

/**
 * Processes an event that changes what is on record: what it says is recorded step by step, and
 * what follows is decided over all that is on record then.
 */
export async function processAlone(tx: Tx, told: EventPerson, read: StoryRead): Promise<Outcome> {
  const { one, allowed } = await counted(tx, told, read.shop);
  const { event } = one;
  const { customerId, orderId, isChange, decisions } = isRefund(event)
    ? await refunded(tx, event)
    : await recorded(tx, one, read);
  const orderIds = orderId === null ? [] : [orderId];
  const settled = await settle(tx, { event, customerId, orderIds }, read.shop);
  if (isChange) await noteOrders(tx, orderIds);
  return {
    event,
    customerId,
    decisions: [...allowed, ...decisions, ...settled.decisions],
    people: settled.people,
  };
}

/** The event as it counts where only a browser says it: see `letCount`. */
async function counted(
  tx: Tx,
  told: EventPerson,
  shop: Shop,
): Promise<{ one: EventPerson; allowed: Decision[] }> {
  if (told.person === null) return { one: told, allowed: [] };
  const { event, decisions } = await letCount(tx, told.event, told.person.customerId, shop);
  return { one: { ...told, event }, allowed: decisions };
}

/** Decides over all that is on record by now, and writes what follows for the event's customer. */
async function settle(tx: Tx, own: OwnEvent, shop: Shop): Promise<SettledEvent> {
  const goals = latestGoals([own]);
  const friends = [await readFriends(tx, [own.customerId], { added: { goals }, shop })];
  const advocates = await readRows(tx.db, advocatesQuery(tx, [own.customerId], shop));
  const settled = await settlePeople(tx, { shop, events: [own], friends, advocates });
  return settled.get(own.event.id)!;
}

async function refunded(tx: Tx, event: StoredEvent): Promise<Recorded> {
  const { order, decisions } = await recordRefund(tx, event);
  return { customerId: order.customerId, orderId: order.id, isChange: true, decisions };
}

async function recorded(tx: Tx, first: EventPerson, before: StoryRead): Promise<Recorded> {
  const { one, read } = await merged(tx, first, before);
  const { event } = one;
  const person = one.person!;
  const { customerId } = person;
  const purchase = await recordPurchase(tx, one, person, read);
  // Before anything is granted: what became known may stop it.
  const order = orderOf(event);
  const signals =
    person.isNoted || (order !== null && person.shares)
      ? await settleSignals(tx, new Map([[customerId, event]]))
      : new Map<string, Decision[]>();
  const starts = await startAll(tx, [one], read);
  return {
    customerId,
    orderId: order ? orderIdOf(order) : null,
    isChange: purchase.isRevised,
    decisions: [
      ...one.decisions,
      ...unproven(event, read.shop),
      ...purchase.decisions,
      ...(signals.get(customerId) ?? []),
      ...(starts.get(event.id)?.decisions ?? []),
    ],
  };
}

/** Makes two records that an event names one, and asks again whom it is about. */
async function merged(
  tx: Tx,
  first: EventPerson,
  before: StoryRead,
): Promise<{ one: EventPerson; read: StoryRead }> {
  const { event, person } = first;
  if (!person || person.alsoNamed === null) return { one: first, read: before };
  writeEventPeople(tx, [first]);
  await mergeNamed(tx, { fromId: person.alsoNamed, intoId: person.customerId });
  const read = await readStory(tx, [event]);
  const again = decidePeople([event], read, scopeNow(tx)).people[0]!;
  const isNoted = person.isNoted || again.person!.isNoted;
  return { one: { ...again, person: { ...again.person!, isNoted } }, read };
}

async function recordPurchase(
  tx: Tx,
  one: EventPerson,
  { customerId }: Identified,
  { knownOrders }: StoryRead,
): Promise<{ decisions: Decision[]; isRevised: boolean }> {
  const { event } = one;
  const said = orderOf(event);
  if (said && knownOrders.includes(orderIdOf(said))) {
    writeEventPeople(tx, [one]);
    return restateOrder(tx, event, customerId);
  }
  const order = recordPeople(tx, [one]).get(event.id);
  if (!order) return { decisions: [], isRevised: false };
  const { id, discountCode } = order.order;
  const coupons = await settleCoupons(tx, { id, customerId }, [discountCode], event);
  return { decisions: [orderRecorded(tx, order), ...coupons], isRevised: false };
}
