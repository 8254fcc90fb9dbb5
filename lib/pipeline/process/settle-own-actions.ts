import { groupedBy } from "@/lib/core/collections/grouped-by";
import { may } from "@/lib/merchants/rules/provenance";
import type { Tx } from "@/lib/merchants/scope";
import type { Action } from "@/lib/terms/facts/actions";
import type { PersonFact } from "@/lib/terms/facts/conditions";
import type { Effect } from "../decide/effects";
import { settleAdvocate } from "../decide/settle/settle-advocate";
import type { StoredEvent } from "../intake/stored-event";
import { type AskedAdvocate, type LoadedAdvocate, readAdvocates } from "../read/advocates";
import { purchasesTouched } from "../read/actions/own-actions";
import { personKey } from "../read/people";
import type { Shop } from "../read/shop";
import { type PublishedProgram, publishedVersions } from "../read/terms-in-effect";
import { type EffectCause, writeEffects } from "../write/effects";
import type { Settled } from "./settle-friends";

/** What somebody did, and the orders that it brought or changed. */
export type OwnEvent = { event: StoredEvent; customerId: string; orderIds: readonly string[] };

/** Where the facts take the rewards for what somebody did themselves. */
export type OwnSettlement = {
  cause: EffectCause;
  effects: Effect[];
  /** Who did it, as terms ask about them. */
  people: Map<string, PersonFact>;
};

/**
 * Decides where the facts take the rewards for what customers did themselves, in the programs that
 * they share. Their rows are locked by then, so everything before is on record. Reads in statements
 * of its own, which are as many for a list as for one; none where nobody is an advocate.
 * @param advocates as `advocatesQuery` finds them
 * @returns one for each event, in their order
 */
export async function decideOwnActions(
  tx: Tx,
  shop: Shop,
  advocates: readonly LoadedAdvocate[],
  events: readonly OwnEvent[],
): Promise<OwnSettlement[]> {
  const settled = events.map(({ event }): OwnSettlement => ({
    cause: { key: event.id, at: event.occurredAt },
    effects: [],
    people: new Map(),
  }));
  const looked = lookedAt(shop, advocates, events);
  const aboutOrders = looked.filter(({ isAboutOrder }) => isAboutOrder);
  const purchases = await purchasesTouched(tx, aboutOrders);
  const bought = new Map(aboutOrders.map((one, at) => [one, purchases[at]!]));
  const asked = looked.flatMap((one) => {
    const { event } = one;
    const actions = bought.get(one) ?? (may(event, "earn") ? [eventAction(event)] : []);
    return actions.length > 0 ? [{ ...one, actions }] : [];
  });
  const worlds = await readAdvocates(tx, shop, asked);
  for (const [at, world] of worlds.advocates.entries()) {
    const { effects, people } = settled[asked[at]!.index]!;
    effects.push(...settleAdvocate(worlds.shop, world));
    if (world.person) people.set(personKey(world.programId, world.customerId), world.person);
  }
  return settled;
}

type LookedAt = OwnEvent & {
  /** Of the event. */
  index: number;
  advocate: LoadedAdvocate;
  program: PublishedProgram;
  isAboutOrder: boolean;
};

/** Each event with each advocate whose action it is, in programs that wait for such actions. */
function lookedAt(
  shop: Shop,
  advocates: readonly LoadedAdvocate[],
  events: readonly OwnEvent[],
): LookedAt[] {
  const byCustomer = groupedBy(advocates, ({ customerId }) => customerId);
  return events.flatMap((own, index) => {
    const { event, customerId } = own;
    if (event.type === "program_view") return [];
    const isAboutOrder = event.type === "purchase" || event.type === "refund";
    return (byCustomer.get(customerId) ?? []).flatMap((advocate) => {
      const program = publishedVersions(shop, advocate.programId);
      if (!program.watches.includes(isAboutOrder ? "own_purchase" : "own_event")) return [];
      // A share belongs to the program that was shared.
      if (event.advocateId !== null && event.advocateId !== advocate.id) return [];
      return [{ ...own, index, advocate, program, isAboutOrder }];
    });
  });
}

/** Reads, decides and writes some actions of one advocate. */
export async function settleActions(
  tx: Tx,
  shop: Shop,
  asked: AskedAdvocate,
  cause: EffectCause,
): Promise<Settled["decisions"]> {
  const worlds = await readAdvocates(tx, shop, [asked]);
  const effects = settleAdvocate(worlds.shop, worlds.advocates[0]!);
  const [decisions] = await writeEffects(tx, [{ effects, cause }]);
  return decisions!;
}

function eventAction(event: StoredEvent): Action {
  const { country = null, channel = null } = event.body.context ?? {};
  return {
    kind: "event",
    type: event.type,
    eventId: event.id,
    at: event.occurredAt,
    recordedAt: event.recordedAt,
    country,
    channel,
  };
}
