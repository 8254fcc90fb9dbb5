import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import type { Decision } from "./decide/decision";
import { decidePeople } from "./intake/people/decide-people";
import type { StoredEvent } from "./intake/stored-event";
import { processAlone } from "./process/process-alone";
import { recordFacts } from "./process/record-facts";
import { settleGroup } from "./process/settle-group";
import { sortOut } from "./process/sort-out";
import { takeEvents } from "./process/take-events";
import { touchedCustomers, updateTouchedCustomers } from "./process/tiers-and-badges";
import { readStory } from "./read/story";
import { type Outcome, writeOutcomes } from "./write/outcomes";

/** What became of events that were taken out of the inbox. */
type Told = {
  outcomes: Outcome[];
  /** Events that are to be processed alone, or after one of the group. */
  left: StoredEvent[];
  /** Whose tiers and badges may have changed. */
  touched: string[];
};

/**
 * Processes an event of the inbox.
 * @returns its outcome, or null when it is not in the inbox: it is processed already, or another
 * process is at it
 * @throws whatever stands in its way; the worker then notes the failure and tries again
 */
export async function processEvent(
  scope: Scope,
  eventId: string,
): Promise<{ customerId: string | null; decisions: readonly Decision[] } | null> {
  const { outcomes } = await processTaken(scope, [eventId]);
  return outcomes[0] ?? null;
}

/**
 * Processes events of the inbox together: in as few statements as one alone, or not at all.
 * @returns those that it leaves, to be processed one by one after it
 * @throws whatever stands in the way of any; then none was processed
 */
export async function processGroup(
  scope: Scope,
  eventIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { left } = await processTaken(scope, eventIds);
  return new Set(left.map(({ id }) => id));
}

async function processTaken(scope: Scope, eventIds: readonly string[]): Promise<Told> {
  let taken: StoredEvent[] = [];
  const told = await inScope(scope, (tx) => tell(tx, taken), {
    enter: async (db) => {
      taken = await takeEvents(db, scope.merchantId, eventIds);
    },
  });
  // Inside a larger transaction no further customer may be locked; the worker follows up on what is
  // noted.
  if (!scope.db) await updateTouchedCustomers(scope, told.touched);
  return told;
}

/**
 * The whole story of events, in one transaction: **read** everything that processing them may ask,
 * with the people whom they are about locked; **decide** what they say that is new, and where that
 * takes the referrals and rewards of these people; **write** all of it. Either all of it is on
 * record with its reasons and the events have left the inbox, or nothing is and they wait for their
 * next try. Tiers and badges, milestones and the second level follow in transactions of their own.
 */
async function tell(tx: Tx, events: readonly StoredEvent[]): Promise<Told> {
  if (events.length === 0) return { outcomes: [], left: [], touched: [] };
  const isAlone = events.length === 1;
  const read = await readStory(tx, events);
  const { people, refused, waiting, merging } = decidePeople(events, read, scopeNow(tx));
  if (isAlone) for (const { error } of refused) throw error;
  const { ordinary, rare } = sortOut(people, read);

  const outcomes =
    ordinary.length > 0 ? await settleGroup(tx, await recordFacts(tx, ordinary, read), read) : [];
  if (isAlone) for (const one of rare) outcomes.push(await processAlone(tx, one, read));
  writeOutcomes(tx, outcomes);
  const customerIds = outcomes.flatMap(({ customerId }) => customerId ?? []);
  return {
    outcomes,
    left: [
      ...waiting,
      ...merging,
      ...[...refused, ...(isAlone ? [] : rare)].map(({ event }) => event),
    ],
    touched: await touchedCustomers(tx, customerIds, read.shop),
  };
}
