import type { Db } from "@/lib/core/db";
import { rescore } from "@/lib/loyalty/leaderboards/commands/update-scores";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { reverseReferrals } from "./decide/reverse-referrals";
import { advanceReferrals } from "./decide/advance-referrals";
import { rewardOwnActions } from "./decide/advocates/own-actions";
import type { Decision, StoredEvent } from "./intake/stored-event";
import { identify } from "./intake/identify";
import { recordOrder } from "./intake/record-order";
import { recordRefund } from "./intake/record-refund";
import { refer } from "./decide/start-referrals";
import { touchedCustomers, updateTouchedCustomers } from "./decide/tiers-and-badges";

/**
 * The whole story of an event, in one transaction: who it is about, what it records, whose friend
 * that makes them, how far their referrals get, what they earn themselves, what all that grants or
 * takes back, and who is told. Either all of it is on record with its reasons, and the event has
 * left the inbox, or nothing is and the event stays there for the next try. Tiers and badges,
 * milestones and friends' friends follow in transactions of their own.
 *
 * Events of one customer wait for each other at the customer's row, so that each sees what the one
 * before it did.
 * @returns the outcome, or null when the event is not in the inbox (done, or in the hands of
 * another process)
 * @throws whatever stands in its way; see `processDueEvents` for what happens then
 */
export async function processEvent(
  scope: Scope,
  eventId: string,
): Promise<{ customerId: string | null; decisions: Decision[] } | null> {
  const outcome = await inScope(scope, async (db, scope) => {
    const event = await takeFromInbox(db, scope, eventId);
    if (!event) return null;
    const decisions: Decision[] = [];
    let customerId: string | null;

    if (event.type === "refund") {
      const order = await recordRefund(scope, event, decisions);
      customerId = order.customerId;
      await lockCustomer(db, scope, customerId);
      await reverseReferrals(
        scope,
        order,
        { key: event.id, eventId: event.id, at: event.occurredAt },
        decisions,
      );
    } else {
      customerId = await identify(scope, event, decisions);
      if (customerId !== null) {
        await lockCustomer(db, scope, customerId);
        if (event.type === "purchase") await recordOrder(scope, event, customerId, decisions);
        if (!isOwnPage(event)) await refer(scope, event, customerId, decisions);
        await advanceReferrals(
          scope,
          customerId,
          isGoal(event) ? { ...event, country: event.body.context?.country ?? null } : null,
          decisions,
        );
        await rewardOwnActions(scope, event, customerId, decisions);
      } else {
        decisions.push({ code: "nobody_known", message: "Nobody is known behind this event yet." });
      }
    }

    if (customerId !== null) await rescore(scope, [customerId]);
    await finish(db, scope, event, customerId, decisions);
    return {
      customerId,
      decisions,
      touched: customerId === null ? [] : await touchedCustomers(db, scope, customerId),
    };
  });
  if (!outcome) return null;
  const { touched, ...told } = outcome;
  // Within a larger transaction nobody else may be locked any more: the worker looks at what is
  // noted.
  if (!scope.db) await updateTouchedCustomers(scope, touched);
  return told;
}

async function takeFromInbox(db: Db, scope: Scope, eventId: string): Promise<StoredEvent | null> {
  const rows = await db.$queryRaw<StoredEvent[]>`
    SELECT e.id, e.type, e.source, e.occurred_at AS "occurredAt", e.recorded_at AS "recordedAt", e.visitor_id AS "visitorId",
      e.advocate_id AS "advocateId", e.body
    FROM event_inbox i JOIN event e ON e.merchant_id = i.merchant_id AND e.id = i.event_id
    WHERE i.merchant_id = ${scope.merchantId} AND i.event_id = ${eventId}
    FOR NO KEY UPDATE OF i SKIP LOCKED`;
  return rows[0] ?? null;
}

/** Writes the outcome down and takes the event out of the inbox. */
async function finish(
  db: Db,
  scope: Scope,
  event: StoredEvent,
  customerId: string | null,
  decisions: Decision[],
): Promise<void> {
  const referralId =
    decisions.map((decision) => decision.referralId).find((id) => typeof id === "string") ?? null;
  await db.$executeRaw`
    WITH done AS (DELETE FROM event_inbox WHERE merchant_id = ${scope.merchantId} AND event_id = ${event.id})
    INSERT INTO event_outcome
      (merchant_id, event_id, customer_id, referral_id, type, occurred_at, processed_at, decisions)
    VALUES (${scope.merchantId}, ${event.id}, ${customerId}, ${referralId}, ${event.type}, ${event.occurredAt},
      ${scopeNow(scope)}, ${JSON.stringify(decisions)}::jsonb)`;
}

async function lockCustomer(db: Db, scope: Scope, customerId: string): Promise<void> {
  await db.$queryRaw`SELECT 1 FROM customer WHERE merchant_id = ${scope.merchantId} AND id = ${customerId} FOR NO KEY UPDATE`;
}

/**
 * What a customer does on their own page says nothing about who invited them, and is no goal of
 * anyone's.
 */
function isOwnPage(event: StoredEvent): boolean {
  return event.type === "share" || event.type === "join" || event.type === "program_view";
}
function isGoal(event: StoredEvent): boolean {
  return event.type !== "purchase" && !isOwnPage(event);
}
