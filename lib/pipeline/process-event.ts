import { type Db, Prisma } from "@/lib/core/db";
import { type JsonRow, readTogether } from "@/lib/core/statements/query";
import { rescore } from "@/lib/loyalty/leaderboards/commands/update-scores";
import { announceFriends } from "@/lib/referrals/commands/announce-friend-joined";
import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import type { Decision } from "./decide/decision";
import { type Identified, identify } from "./intake/identify";
import { settleCoupons } from "./intake/orders/settle-coupons";
import { restateOrder } from "./intake/orders/restate-order";
import { orderIdOf } from "./intake/orders/stated-order";
import { addToCustomers, totalsOf, writeOrders } from "./intake/orders/write-orders";
import {
  knownOrdersQuery,
  orderRecorded,
  type Purchase,
  sortPurchases,
} from "./intake/record-order";
import { settleSignals } from "./intake/raise-signals";
import { recordRefund } from "./intake/record-refund";
import { type Arrival, startReferrals, startsQueries } from "./intake/start-referrals";
import type { StoredEvent } from "./intake/stored-event";
import { settleFriends } from "./process/settle-friends";
import { settleOwnActions } from "./process/settle-own-actions";
import { touchedCustomers, updateTouchedCustomers } from "./process/tiers-and-badges";
import { type Decided, noteOrders } from "./write/effects";

/**
 * The whole story of an event, in one transaction. First what it records: whom it is about, an
 * order or a refund, the referrals it starts. Then what follows: everything that deciding may ask
 * is read, the referrals and rewards of its customer are brought to where the facts that stand take
 * them, and what was decided is written. Either all of it is on record with its reasons and the
 * event has left the inbox, or nothing is and the event waits for its next try. Tiers and badges,
 * milestones and the second level follow in transactions of their own.
 *
 * Events of one customer wait for each other at the customer's row, so that each sees what the one
 * before it did.
 * @returns the outcome, or null when the event is not in the inbox: it is processed already, or
 * another process is at it
 * @throws whatever stands in its way; the worker then notes the failure and tries again
 */
export async function processEvent(
  scope: Scope,
  eventId: string,
): Promise<{ customerId: string | null; decisions: Decision[] } | null> {
  const outcome = await inScope(scope, async (db, tx) => {
    const event = await takeFromInbox(db, tx, eventId);
    if (!event) return null;
    const decisions: Decision[] = [];
    const recorded = await record(tx, event, decisions);
    const people = recorded ? await settle(tx, event, recorded, decisions) : null;
    const customerId = recorded?.customerId ?? null;
    await finish(tx, event, { customerId, decisions, people });
    const touched = customerId === null ? [] : await touchedCustomers(db, tx, customerId);
    return { customerId, decisions, touched };
  });
  if (!outcome) return null;
  const { touched, ...result } = outcome;
  // Inside a larger transaction no further customer may be locked; the worker follows up on what is
  // noted.
  if (!scope.db) await updateTouchedCustomers(scope, touched);
  return result;
}

/** What an event brought: the customer behind it, and the order that it is about. */
type Recorded = {
  customerId: string;
  orderId: string | null;
  /** The order was known before: it was refunded, or stated anew. */
  isChange: boolean;
};

/** Stores what an event says. @returns null while nobody is known behind it */
async function record(tx: Tx, event: StoredEvent, decisions: Decision[]): Promise<Recorded | null> {
  if (event.type === "refund") {
    const { order, decisions: decided } = await recordRefund(tx, event);
    decisions.push(...decided);
    return { customerId: order.customerId, orderId: order.id, isChange: true };
  }
  const person = await identify(tx, event, decisions);
  if (person === null) {
    decisions.push({
      code: "nobody_known",
      message: "The customer behind this event is not known yet.",
    });
    return null;
  }
  const { customerId } = person;
  await tx.lock.customers(customerId);
  const isPurchase = event.type === "purchase";
  const purchase = await recordPurchase(tx, { event, customerId });
  decisions.push(...purchase.decisions);
  // Before anything is granted: what became known may stop it.
  if (person.isNoted || (isPurchase && person.shares)) {
    const settled = await settleSignals(tx, new Map([[customerId, event]]));
    decisions.push(...(settled.get(customerId) ?? []));
  }
  if (!isOnOwnPage(event)) await start(tx, event, person, decisions);
  const { order } = event.body;
  return {
    customerId,
    orderId: order ? orderIdOf(order) : null,
    isChange: purchase.isRevised,
  };
}

async function recordPurchase(
  tx: Tx,
  purchase: Purchase,
): Promise<{ decisions: Decision[]; isRevised: boolean }> {
  if (purchase.event.type !== "purchase") return { decisions: [], isRevised: false };
  const events = [purchase.event];
  const { known } = await readTogether(tx.db, { known: knownOrdersQuery(tx, events) });
  const { added, restated } = sortPurchases(tx, [purchase], known);
  const [order] = added;
  if (!order) {
    return restated[0]
      ? restateOrder(tx, restated[0].event, restated[0].customerId)
      : { decisions: [], isRevised: false };
  }
  writeOrders(tx, added);
  tx.later(addToCustomers, ...totalsOf(added).values());
  const cause = { id: order.order.id, customerId: order.customerId };
  const coupons = await settleCoupons(tx, cause, [order.order.discountCode], order.event);
  return { decisions: [orderRecorded(tx, order), ...coupons], isRevised: false };
}

async function start(
  tx: Tx,
  event: StoredEvent,
  { customerId: id, created: isNew, shares }: Identified,
  decisions: Decision[],
): Promise<void> {
  const { friends, ...read } = await readTogether(tx.db, {
    ...startsQueries(tx, [event], isNew ? [] : [id]),
    friends: {
      sql: Prisma.sql`
        SELECT name, email FROM customer WHERE merchant_id = ${tx.merchantId} AND id = ${id}`,
      row: (row: JsonRow): Arrival["friend"] => ({ ...row, id, isNew, shares }),
    },
  });
  const arrivals = friends.map((friend) => ({ event, friend }));
  for (const { decisions: started, news } of await startReferrals(tx, arrivals, read)) {
    decisions.push(...started);
    await announceFriends(tx, news);
  }
}

/** @returns the people whom terms ask for, as they are now; null where none do */
async function settle(
  tx: Tx,
  event: StoredEvent,
  { customerId, orderId, isChange }: Recorded,
  decisions: Decision[],
): Promise<Record<string, unknown> | null> {
  const cause = { key: event.id, at: event.occurredAt };
  const asFriend = await settleFriends(tx, [customerId], cause, latestOf(event, customerId));
  const orderIds = orderId === null ? [] : [orderId];
  const asAdvocate = await settleOwnActions(tx, event, customerId, orderIds);
  if (isChange) await noteOrders(tx, orderIds);
  decisions.push(...[...asFriend.decisions, ...asAdvocate.decisions].map(withoutEvent));
  await rescore(tx, [customerId]);
  const people = new Map([...asAdvocate.people, ...asFriend.people]);
  return people.size > 0 ? Object.fromEntries(people) : null;
}

/** A goal that has no outcome on record yet. */
function latestOf(event: StoredEvent, customerId: string) {
  if (event.type === "purchase" || event.type === "refund" || isOnOwnPage(event)) return [];
  const { id, type, occurredAt, body } = event;
  return [{ id, customerId, type, occurredAt, country: body.context?.country ?? null }];
}

function withoutEvent({ eventId: _, ...decision }: Decided): Decision {
  return decision;
}

async function takeFromInbox(db: Db, scope: Scope, eventId: string): Promise<StoredEvent | null> {
  const rows = await db.$queryRaw<StoredEvent[]>`
    SELECT e.id, e.type, e.source, e.occurred_at AS "occurredAt", e.recorded_at AS "recordedAt",
      e.visitor_id AS "visitorId", e.advocate_id AS "advocateId", e.channel, e.body
    FROM event_inbox i JOIN event e ON e.merchant_id = i.merchant_id AND e.id = i.event_id
    WHERE i.merchant_id = ${scope.merchantId} AND i.event_id = ${eventId}
    FOR NO KEY UPDATE OF i SKIP LOCKED`;
  return rows[0] ?? null;
}

/** Stores the outcome and takes the event out of the inbox. */
async function finish(
  tx: Tx,
  event: StoredEvent,
  outcome: {
    customerId: string | null;
    decisions: readonly Decision[];
    people: Record<string, unknown> | null;
  },
): Promise<void> {
  const { merchantId } = tx;
  const { customerId, decisions, people } = outcome;
  const referralId = decisions.find((decision) => decision.referralId)?.referralId ?? null;
  await tx.db.$executeRaw`
    WITH done AS (
      DELETE FROM event_inbox WHERE merchant_id = ${merchantId} AND event_id = ${event.id}
    )
    INSERT INTO event_outcome (merchant_id, event_id, customer_id, referral_id, type, occurred_at,
      processed_at, decisions, people)
    VALUES (${merchantId}, ${event.id}, ${customerId}, ${referralId}, ${event.type},
      ${event.occurredAt}, ${scopeNow(tx)}, ${JSON.stringify(decisions)}::jsonb,
      ${people && JSON.stringify(people)}::jsonb)`;
}

/**
 * What customers do on their own page says nothing about who invited them, and is nobody's goal.
 */
function isOnOwnPage(event: StoredEvent): boolean {
  return event.type === "share" || event.type === "join" || event.type === "program_view";
}

/** As long as groups are not processed, each of their events is left to be processed alone. */
export async function processGroup(_scope: Scope, ids: readonly string[]): Promise<Set<string>> {
  return new Set(ids);
}
