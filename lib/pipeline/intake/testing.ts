import { newId } from "@/lib/core/id";
import { readTogether } from "@/lib/core/statements/query";
import { upsertCustomer } from "@/lib/customers/commands";
import type { EventBody } from "@/lib/events/schema";
import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { readShop, type Shop } from "../read/shop";
import { mergeNamed } from "../merge/commands";
import type { Decision } from "../decide/decision";
import { decidePeople, type Identified } from "./people/decide-people";
import { lockPeople, namedQueries } from "./people/lock-people";
import { writeEventPeople } from "./people/write-people";
import { type Arrival, type Starts, startReferrals, startsQueries } from "./start-referrals";
import type { StoredEvent } from "./stored-event";

/** For tests only: identifies people and starts referrals without an inbox. */

/** An event as the inbox has it, that only these tests know. */
export function eventOf(body: Partial<EventBody>, at: Date, visitorId: string | null): StoredEvent {
  return {
    id: newId("evt"),
    type: body.type ?? "sign_up",
    source: "api",
    provenance: "server",
    occurredAt: at,
    recordedAt: at,
    visitorId,
    advocateId: null,
    channel: null,
    body: { type: "sign_up", ...body },
  };
}

/** Works in a transaction that leaves nothing. */
export async function undone<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
  const undo = new Error("Undone.");
  let result: { value: T } | null = null;
  await inScope(scope, async (tx) => {
    result = { value: await work(tx) };
    throw undo;
  }).catch((error: unknown) => {
    if (error !== undo) throw error;
  });
  return result!.value;
}

/** Reads what starting asks, and starts. */
export async function start(tx: Tx, arrivals: readonly Arrival[], known?: Shop): Promise<Starts[]> {
  const shop = known ?? (await readShop(tx));
  const events = arrivals.map(({ event }) => event);
  const queries = startsQueries(
    tx,
    events,
    arrivals.flatMap(({ friend }) => (friend.isNew ? [] : [friend.id])),
  );
  return startReferrals(tx, shop, arrivals, await readTogether(tx.db, queries));
}

/** Somebody whom nobody knew before. */
export async function newcomer(scope: Scope, name: string): Promise<Arrival["friend"]> {
  const email = `${name}@example.com`;
  const { customer } = await upsertCustomer(scope, { email, name, seenAt: new Date() });
  return { id: customer.id, name, email, isNew: true, shares: false };
}

/** Finds the customer behind one event, as `decidePeople` does for many, with their locks. */
export async function identify(
  tx: Tx,
  event: StoredEvent,
): Promise<{ person: Identified | null; decisions: Decision[] }> {
  const look = async () => {
    await lockPeople(tx, [event]);
    const found = await readTogether(tx.db, namedQueries(tx, [event]));
    const { people, refused } = decidePeople([event], found, scopeNow(tx));
    for (const { error } of refused) throw error;
    writeEventPeople(tx, people);
    return people[0]!;
  };
  const first = await look();
  if (!first.person?.alsoNamed) return first;
  await mergeNamed(tx, { fromId: first.person.alsoNamed, intoId: first.person.customerId });
  const { person, decisions } = await look();
  return {
    person: person && { ...person, isNoted: first.person.isNoted || person.isNoted },
    decisions,
  };
}
