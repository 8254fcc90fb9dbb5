import { withOrders } from "@/lib/customers/rules/person-writes";
import { may } from "@/lib/merchants/rules/provenance";
import type { Tx } from "@/lib/merchants/scope";
import { announceFriends } from "@/lib/referrals/commands/announce-friend-joined";
import type { Decision } from "../decide/decision";
import { statedOrder } from "../intake/orders/stated-order";
import { type NewOrder, totalsOf, writeOrders } from "../intake/orders/write-orders";
import type { EventPerson, Identified } from "../intake/people/decide-people";
import { writeEventPeople } from "../intake/people/write-people";
import { factOf, orderOf, orderRecorded } from "../intake/record-order";
import { startReferrals, type Starts } from "../intake/start-referrals";
import { mayBringFriends, type StoredEvent } from "../intake/stored-event";
import type { CustomerOrder } from "../read/orders";
import type { Shop } from "../read/shop";
import type { StoryRead } from "../read/story";

/** An event of which what it says is on record, or will be with the next write. */
export type Recorded = {
  event: StoredEvent;
  person: Identified | null;
  decisions: Decision[];
  /** The new order that it brought, as rewards are decided by it. */
  order: CustomerOrder | null;
  starts: Starts | null;
};

/** Records what ordinary events say: people, orders, and the referrals that begin with them. */
export async function recordFacts(
  tx: Tx,
  people: readonly EventPerson[],
  read: StoryRead,
): Promise<Recorded[]> {
  const orders = recordPeople(tx, people);
  const starts = await startAll(tx, people, read);
  return people.map(({ event, person, decisions }) => {
    const order = orders.get(event.id);
    const own = starts.get(event.id) ?? null;
    return {
      event,
      person,
      decisions: [
        ...decisions,
        ...(person === null ? [NOBODY_KNOWN] : []),
        ...unproven(event, read.shop),
        ...(order ? [orderRecorded(tx, order)] : []),
        ...(own?.decisions ?? []),
      ],
      order: order ? factOf(tx, order) : null,
      starts: own,
    };
  });
}

const NOBODY_KNOWN: Decision = {
  code: "nobody_known",
  message: "The customer behind this event is not known yet.",
};

/** Says of what a browser sent that it does not count, where it otherwise would. */
export function unproven(event: StoredEvent, { programs }: Pick<Shop, "programs">): Decision[] {
  const isMoney = event.type === "purchase" || event.type === "refund";
  if (may(event, isMoney ? "order" : "qualify")) return [];
  const isAwaited = [...programs.values()].some(({ awaited }) => awaited.has(event.type));
  return isMoney || isAwaited ? [EVENT_UNPROVEN] : [];
}

const EVENT_UNPROVEN: Decision = {
  code: "event_unproven",
  message: "A web page sent this. It counts and earns only when your server reports it.",
};

/** Leaves people and their new orders to be written. @returns the orders, by event */
export function recordPeople(tx: Tx, people: readonly EventPerson[]): Map<string, NewOrder> {
  const orders = people.flatMap(({ event, person }): NewOrder[] => {
    const said = orderOf(event);
    return said && person
      ? [{ event, customerId: person.customerId, order: statedOrder(tx, said) }]
      : [];
  });
  const totals = totalsOf(orders);
  writeEventPeople(
    tx,
    people.map((one) => {
      const added = one.person && totals.get(one.person.customerId);
      return added ? { ...one, writes: withOrders(one.writes, added) } : one;
    }),
  );
  writeOrders(tx, orders);
  return new Map(orders.map((order) => [order.event.id, order]));
}

/** Starts the referrals that events point to, and tells advocates of it. By event. */
export async function startAll(
  tx: Tx,
  people: readonly EventPerson[],
  read: StoryRead,
): Promise<Map<string, Starts>> {
  const arrivals = people.flatMap(({ event, person }) =>
    person && mayBringFriends(event) ? [{ event, friend: friendOf(person) }] : [],
  );
  const started = await startReferrals(tx, read.shop, arrivals, read);
  await announceFriends(
    tx,
    started.flatMap(({ news }) => news),
    read.emails,
  );
  return new Map(arrivals.map(({ event }, index) => [event.id, started[index]!]));
}

function friendOf({ customerId, created, shares, isNoted, name, email }: Identified) {
  return { id: customerId, name, email, isNew: created, shares: shares || isNoted };
}
