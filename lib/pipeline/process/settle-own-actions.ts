import type { Tx } from "@/lib/merchants/scope";
import type { Action } from "@/lib/terms/facts/actions";
import type { PersonFact } from "@/lib/terms/facts/conditions";
import { eventTypesOf } from "@/lib/terms/rules/applying";
import type { Decision } from "../decide/decision";
import { settleAdvocate } from "../decide/settle/settle-advocate";
import type { StoredEvent } from "../intake/stored-event";
import { advocatesOf, type LoadedAdvocate, readAdvocate } from "../read/advocates";
import { personKey } from "../read/people";
import { purchasesTouched } from "../read/own-actions";
import { readShop } from "../read/shop";
import { type PublishedProgram, publishedVersions } from "../read/terms-in-effect";
import { type Decided, writeEffects } from "../write/effects";
import type { Settled } from "./settle-friends";

/**
 * Brings the rewards for what a customer did themselves to where the facts take them, in the
 * programs that they share. Their row is locked by then, so everything before is on record.
 * @param orderIds orders that an event brought or changed
 */
export async function settleOwnActions(
  tx: Tx,
  event: StoredEvent,
  customerId: string,
  orderIds: readonly string[],
): Promise<Settled> {
  const settled = { decisions: [] as Decided[], people: new Map<string, PersonFact>() };
  if (event.type === "program_view") return settled;
  const isAboutOrder = event.type === "purchase" || event.type === "refund";
  const advocates = await advocatesOf(
    tx,
    [customerId],
    isAboutOrder ? "own_purchase" : "own_event",
  );
  for (const advocate of advocates) {
    // A share belongs to the program that was shared.
    if (event.advocateId !== null && event.advocateId !== advocate.id) continue;
    const program = await publishedVersions(tx, advocate.programId);
    const actions = isAboutOrder
      ? await purchasesTouched(tx, advocate, program, orderIds)
      : isProven(event, program, settled.decisions)
        ? [eventAction(event)]
        : [];
    if (actions.length === 0) continue;
    const { decisions, person } = await settleActions(tx, advocate, program, actions, {
      key: event.id,
      at: event.occurredAt,
    });
    settled.decisions.push(...decisions);
    if (person) settled.people.set(personKey(program.id, customerId), person);
  }
  return settled;
}

/** Reads, decides and writes some actions of one advocate. */
export async function settleActions(
  tx: Tx,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
  actions: readonly Action[],
  cause: { key: string; at: Date },
  lost?: Parameters<typeof readAdvocate>[4],
): Promise<{ decisions: Decided[]; person: PersonFact | null }> {
  const world = await readAdvocate(tx, advocate, program, actions, lost);
  const shop = await readShop(
    tx,
    program.versions.map(({ terms }) => terms),
    [advocate.customerId],
  );
  const decisions = await writeEffects(tx, settleAdvocate(shop, world), cause);
  return { decisions, person: world.person };
}

/**
 * Whether the shop's server sent the event. A publishable key stands in the shop's pages: anybody
 * can send anything with it, as often as they like.
 */
function isProven(
  event: StoredEvent,
  { versions }: PublishedProgram,
  decisions: (Decision & { eventId: string | null })[],
): boolean {
  if (event.source !== "browser") return true;
  if (versions.some(({ terms }) => eventTypesOf(terms, "advocate").includes(event.type))) {
    decisions.push({
      code: "event_unproven",
      message: "A web page sent this. Own actions are rewarded when your server reports them.",
      eventId: event.id,
    });
  }
  return false;
}

function eventAction(event: StoredEvent): Action {
  const { country = null, channel = null } = event.body.context ?? {};
  return {
    kind: "event",
    type: event.type,
    eventId: event.id,
    at: event.occurredAt,
    country,
    channel,
  };
}
