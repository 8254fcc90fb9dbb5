import { newId } from "@/lib/core/id";
import { readTogether } from "@/lib/core/statements/query";
import { upsertCustomer } from "@/lib/customers/commands";
import type { EventBody } from "@/lib/events/schema";
import { inScope, type Scope, type Tx } from "@/lib/merchants/scope";
import { type Arrival, type Starts, startReferrals, startsQueries } from "./start-referrals";
import type { StoredEvent } from "./stored-event";

/** For tests only: starts referrals without an inbox. */

/** An event as the inbox has it, that only these tests know. */
export function eventOf(body: Partial<EventBody>, at: Date, visitorId: string | null): StoredEvent {
  return {
    id: newId("evt"),
    type: body.type ?? "sign_up",
    source: "api",
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
  await inScope(scope, async (_, tx) => {
    result = { value: await work(tx) };
    throw undo;
  }).catch((error: unknown) => {
    if (error !== undo) throw error;
  });
  return result!.value;
}

/** Reads what starting asks, and starts. */
export async function start(tx: Tx, arrivals: readonly Arrival[]): Promise<Starts[]> {
  const events = arrivals.map(({ event }) => event);
  const queries = startsQueries(
    tx,
    events,
    arrivals.flatMap(({ friend }) => (friend.isNew ? [] : [friend.id])),
  );
  return startReferrals(tx, arrivals, await readTogether(tx.db, queries));
}

/** Somebody whom nobody knew before. */
export async function newcomer(scope: Scope, name: string): Promise<Arrival["friend"]> {
  const email = `${name}@example.com`;
  const { customer } = await upsertCustomer(scope, { email, name, seenAt: new Date() });
  return { id: customer.id, name, email, isNew: true, shares: false };
}
