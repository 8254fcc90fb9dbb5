import { lockAsked, lockAskedQuery } from "@/lib/customers/commands";
import { peopleQueries } from "@/lib/customers/queries/named";
import type { Tx } from "@/lib/merchants/scope";
import type { StoredEvent } from "../stored-event";
import { toldBy } from "./told";

/**
 * Locks whatever processing these events may change of the people whom they are about: the names of
 * what they say that several people may share, the customers whom their ids, addresses, browsers,
 * coupons, orders and advocates lead to, and these customers' referrals as friends. To be asked
 * before anything is read for deciding; `lockedPeople` takes its row.
 */
export function lockPeopleQuery(tx: Tx, events: readonly StoredEvent[]) {
  return lockAskedQuery(
    tx,
    events.map((event) => toldBy(event).asked),
  );
}

/** The same as a statement of its own. @returns the ids of these customers */
export async function lockPeople(tx: Tx, events: readonly StoredEvent[]): Promise<string[]> {
  return lockAsked(
    tx,
    events.map((event) => toldBy(event).asked),
  );
}

/**
 * Asks all that identifying the people of these events needs, for `readTogether` in the statement
 * after `lockPeople`: its rows are what `decidePeople` takes.
 */
export function namedQueries(tx: Tx, events: readonly StoredEvent[]) {
  return peopleQueries(
    tx,
    events.map((event) => toldBy(event).asked),
  );
}
