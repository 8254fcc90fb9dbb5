import type { Db } from "@/lib/core/db";
import { rescore } from "@/lib/loyalty/leaderboards/commands/update-scores";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { advanceReferrals } from "./decide/advance-referrals";
import { rewardOwnActions } from "./decide/advocates/own-actions";
import type { Decision } from "./decide/decision";
import { settleSignals } from "./decide/raise-signals";
import { reverseReferrals } from "./decide/reverse-referrals";
import { startReferrals } from "./decide/start-referrals";
import { touchedCustomers, updateTouchedCustomers } from "./decide/tiers-and-badges";
import { identify } from "./intake/identify";
import { recordOrder } from "./intake/record-order";
import { recordRefund } from "./intake/record-refund";
import type { StoredEvent } from "./intake/stored-event";

/**
 * The whole story of an event, in one transaction: whom it is about, what it records, which
 * referrals it starts, how far the customer's referrals advance, what they earn by actions of their
 * own, what all of that grants or reverses, and who is told. Either all of it is on record with its
 * reasons and the event has left the inbox, or nothing is and the event waits for its next try.
 * Tiers and badges, milestones and the second level follow in transactions of their own.
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
  const outcome = await inScope(scope, async (db, scope) => {
    const event = await takeFromInbox(db, scope, eventId);
    if (!event) return null;
    const decisions: Decision[] = [];
    const customerId =
      event.type === "refund"
        ? await processRefund(scope, event, decisions)
        : await processAction(scope, event, decisions);
    if (customerId !== null) await rescore(scope, [customerId]);
    await finish(db, scope, event, customerId, decisions);
    const touched = customerId === null ? [] : await touchedCustomers(db, scope, customerId);
    return { customerId, decisions, touched };
  });
  if (!outcome) return null;
  const { touched, ...result } = outcome;
  // Inside a larger transaction no further customer may be locked; the worker follows up on what is
  // noted.
  if (!scope.db) await updateTouchedCustomers(scope, touched);
  return result;
}

type Scoped = Scope & { db: Db };

/** @returns whose order was refunded */
async function processRefund(
  scope: Scoped,
  event: StoredEvent,
  decisions: Decision[],
): Promise<string> {
  const order = await recordRefund(scope, event, decisions);
  await lockCustomer(scope, order.customerId);
  const cause = { key: event.id, eventId: event.id, at: event.occurredAt };
  await reverseReferrals(scope, order, cause, decisions);
  return order.customerId;
}

/** @returns the customer behind the event; null while nobody is known */
async function processAction(
  scope: Scoped,
  event: StoredEvent,
  decisions: Decision[],
): Promise<string | null> {
  const person = await identify(scope, event, decisions);
  if (person === null) {
    decisions.push({
      code: "nobody_known",
      message: "The customer behind this event is not known yet.",
    });
    return null;
  }
  const { customerId } = person;
  await lockCustomer(scope, customerId);
  const isPurchase = event.type === "purchase";
  const revised = isPurchase ? await recordOrder(scope, event, customerId, decisions) : null;
  // Before anything is granted: what became known may stop it.
  if (person.isNoted || (isPurchase && person.shares))
    await settleSignals(scope, customerId, event, decisions);
  if (!isOnOwnPage(event)) await startReferrals(scope, event, customerId, decisions);
  const goal = isGoal(event) ? { ...event, country: event.body.context?.country ?? null } : null;
  await advanceReferrals(scope, customerId, goal, decisions);
  if (revised) {
    const cause = { key: `revised:${event.id}`, eventId: event.id, at: event.occurredAt };
    await reverseReferrals(scope, revised, cause, decisions);
  }
  await rewardOwnActions(scope, event, customerId, decisions);
  return customerId;
}

async function takeFromInbox(db: Db, scope: Scope, eventId: string): Promise<StoredEvent | null> {
  const rows = await db.$queryRaw<StoredEvent[]>`
    SELECT e.id, e.type, e.source, e.occurred_at AS "occurredAt", e.recorded_at AS "recordedAt",
      e.visitor_id AS "visitorId", e.advocate_id AS "advocateId", e.body
    FROM event_inbox i JOIN event e ON e.merchant_id = i.merchant_id AND e.id = i.event_id
    WHERE i.merchant_id = ${scope.merchantId} AND i.event_id = ${eventId}
    FOR NO KEY UPDATE OF i SKIP LOCKED`;
  return rows[0] ?? null;
}

/** Stores the outcome and takes the event out of the inbox. */
async function finish(
  db: Db,
  scope: Scope,
  event: StoredEvent,
  customerId: string | null,
  decisions: Decision[],
): Promise<void> {
  const { merchantId } = scope;
  const referralId =
    decisions.map((decision) => decision.referralId).find((id) => typeof id === "string") ?? null;
  await db.$executeRaw`
    WITH done AS (
      DELETE FROM event_inbox WHERE merchant_id = ${merchantId} AND event_id = ${event.id}
    )
    INSERT INTO event_outcome
      (merchant_id, event_id, customer_id, referral_id, type, occurred_at, processed_at, decisions)
    VALUES (${merchantId}, ${event.id}, ${customerId}, ${referralId}, ${event.type},
      ${event.occurredAt}, ${scopeNow(scope)}, ${JSON.stringify(decisions)}::jsonb)`;
}

async function lockCustomer({ db, merchantId }: Scoped, customerId: string): Promise<void> {
  await db.$queryRaw`
    SELECT 1 FROM customer WHERE merchant_id = ${merchantId} AND id = ${customerId}
    FOR NO KEY UPDATE`;
}

/**
 * What customers do on their own page says nothing about who invited them, and is nobody's goal.
 */
function isOnOwnPage(event: StoredEvent): boolean {
  return event.type === "share" || event.type === "join" || event.type === "program_view";
}

function isGoal(event: StoredEvent): boolean {
  return event.type !== "purchase" && !isOnOwnPage(event);
}
