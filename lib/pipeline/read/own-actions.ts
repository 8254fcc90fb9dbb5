import { Prisma } from "@/lib/core/db";
import type { Tx } from "@/lib/merchants/scope";
import type { Action } from "@/lib/terms/facts/actions";
import type { OrderFact } from "@/lib/terms/facts/referrals";
import { eventTypesOf, isOwnAction, watchesOf } from "@/lib/terms/rules/applying";
import { askedBy, countsFor } from "@/lib/terms/rules/asked";
import type { LoadedAdvocate } from "./advocates";
import { readOrders } from "./orders";
import type { PublishedProgram } from "./terms-in-effect";

/**
 * The purchases of an advocate that an order may have changed something about: that order, or all
 * of them where rules ask which one it is.
 */
export async function purchasesTouched(
  tx: Tx,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
  orderIds: readonly string[],
): Promise<Action[]> {
  const where = asksForNumbers(program)
    ? Prisma.sql`o.customer_id = ${advocate.customerId} AND o.occurred_at >= ${advocate.joinedAt}`
    : Prisma.sql`o.customer_id = ${advocate.customerId} AND o.id = ANY(${[...orderIds]}::text[])`;
  return readPurchases(tx, advocate, program, where);
}

/**
 * The actions of an advocate since they joined, for the moment when it becomes known that they did:
 * events that arrived before it have waited for this.
 */
export async function actionsSinceJoining(
  tx: Tx,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
): Promise<Action[]> {
  const found: Action[] = [{ kind: "join", at: advocate.joinedAt }];
  const kinds = new Set(program.versions.flatMap(({ terms }) => watchesOf(terms)));
  if (kinds.has("own_purchase")) {
    const since = Prisma.sql`o.customer_id = ${advocate.customerId}
      AND o.occurred_at >= ${advocate.joinedAt}`;
    found.push(...(await readPurchases(tx, advocate, program, since)));
  }
  const types = program.versions.flatMap(({ terms }) => eventTypesOf(terms, "advocate"));
  if (types.length > 0) found.push(...(await readEvents(tx, advocate, types)));
  return found;
}

function asksForNumbers({ versions }: PublishedProgram): boolean {
  return versions.some(({ terms }) =>
    terms.rules.some((rule) => isOwnAction(rule) && countsFor(rule, "own_purchases")),
  );
}

async function readPurchases(
  tx: Tx,
  { customerId }: LoadedAdvocate,
  { versions }: PublishedProgram,
  where: Prisma.Sql,
): Promise<Action[]> {
  const asked = versions.map(({ terms }) => askedBy(terms));
  const orders = await readOrders(
    tx,
    { lines: asked.some(({ lines }) => lines), event: asked.some(({ event }) => event) },
    where,
  );
  const numbers = orders.length > 0 ? await numbersOf(tx, customerId) : new Map<string, number>();
  return orders.map((order) => ({
    kind: "purchase",
    order: order satisfies OrderFact,
    number: numbers.get(order.orderId) ?? 0,
  }));
}

/**
 * Which of the customer's purchases that stand each is, counted from 1 by when they were made; of
 * two at the same instant, the one with the lower event id came first.
 */
async function numbersOf({ db, merchantId }: Tx, customerId: string): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ id: string; number: number }[]>`
    SELECT id, row_number() OVER (ORDER BY occurred_at, event_id)::int AS number
    FROM shop_order
    WHERE merchant_id = ${merchantId} AND customer_id = ${customerId}
      AND stands`;
  return new Map(rows.map(({ id, number }) => [id, number]));
}

type EventRow = {
  type: string;
  eventId: string;
  at: Date;
  country: string | null;
  channel: string | null;
};

async function readEvents(
  { db, merchantId }: Tx,
  advocate: LoadedAdvocate,
  types: readonly string[],
): Promise<Action[]> {
  const events = await db.$queryRaw<EventRow[]>`
    SELECT o.type, o.event_id AS "eventId", o.occurred_at AS at,
      e.body->'context'->>'country' AS country, e.body->'context'->>'channel' AS channel
    FROM event_outcome o JOIN event e ON e.merchant_id = o.merchant_id AND e.id = o.event_id
    WHERE o.merchant_id = ${merchantId} AND o.customer_id = ${advocate.customerId}
      AND o.type = ANY(${[...types]}::text[])
      AND o.occurred_at >= ${advocate.joinedAt}
      AND COALESCE(e.advocate_id, ${advocate.id}) = ${advocate.id}
      AND e.source <> 'browser'
    ORDER BY o.occurred_at, o.event_id`;
  return events.map((event) => ({ kind: "event", ...event }));
}
