import { groupedBy } from "@/lib/core/collections/grouped-by";
import { Prisma } from "@/lib/core/db";
import { NOTHING, type Query, readTogether } from "@/lib/core/statements/query";
import { whoMay } from "@/lib/merchants/rules/provenance";
import type { Tx } from "@/lib/merchants/scope";
import type { Action } from "@/lib/terms/facts/actions";
import { eventTypesOf, isOwnAction, watchesOf } from "@/lib/terms/rules/applying";
import { countsFor } from "@/lib/terms/rules/asked";
import type { LoadedAdvocate } from "../advocates";
import { askedOrder, byTime, ordersQuery } from "../orders";
import type { PublishedProgram } from "../terms-in-effect";

/** An advocate in a program that rewards what they buy, and the orders that may have changed. */
export type AskedPurchases = {
  advocate: LoadedAdvocate;
  program: PublishedProgram;
  orderIds: readonly string[];
};

/**
 * The purchases of advocates that orders may have changed something about: those orders, or all
 * since they joined where rules ask which one it is. In the order in which they were asked for.
 */
export async function purchasesTouched(
  tx: Tx,
  asked: readonly AskedPurchases[],
): Promise<Action[][]> {
  const purchases = asked.map(({ advocate, program, orderIds }) =>
    asksForNumbers(program) ? { advocate, program } : { advocate, program, orderIds },
  );
  return readPurchases(tx, purchases);
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
  if (kinds.has("own_purchase"))
    found.push(...(await readPurchases(tx, [{ advocate, program }])).flat());
  const types = program.versions.flatMap(({ terms }) => eventTypesOf(terms, "advocate"));
  if (types.length > 0) found.push(...(await readEvents(tx, advocate, types)));
  return found;
}

function asksForNumbers({ versions }: PublishedProgram): boolean {
  return versions.some(({ terms }) =>
    terms.rules.some((rule) => isOwnAction(rule) && countsFor(rule, "own_purchases")),
  );
}

/** @param asked of whom; without ids of orders, all that they bought since they joined */
async function readPurchases(
  tx: Tx,
  asked: readonly (Omit<AskedPurchases, "orderIds"> & Partial<AskedPurchases>)[],
): Promise<Action[][]> {
  if (asked.length === 0) return [];
  const some = {
    lines: asked.some(({ program }) => program.asked.lines),
    event: asked.some(({ program }) => program.asked.event),
    people: false,
  };
  const customerIds = [...new Set(asked.map(({ advocate }) => advocate.customerId))];
  const all = asked.filter(({ orderIds }) => orderIds === undefined);
  const read = await readTogether(tx.db, {
    named: ordersQuery(
      tx,
      some,
      Prisma.sql`shop_order o`,
      Prisma.sql`o.customer_id = ANY(${customerIds}::text[])
        AND o.id = ANY(${asked.flatMap(({ orderIds }) => orderIds ?? [])}::text[])`,
    ),
    since:
      all.length === 0 ? NOTHING : ordersQuery(tx, some, sinceJoinedSql(all), Prisma.sql`TRUE`),
    numbers: numbersQuery(tx, customerIds),
  });
  const numbers = new Map(read.numbers.map(({ id, number }) => [id, number]));
  const orders = new Map([...read.named, ...read.since].map((order) => [order.orderId, order]));
  const byCustomer = groupedBy([...orders.values()].sort(byTime), ({ customerId }) => customerId);
  return asked.map(({ advocate, program, orderIds }) =>
    (byCustomer.get(advocate.customerId) ?? [])
      .filter(({ orderId, occurredAt }) =>
        orderIds ? orderIds.includes(orderId) : occurredAt >= advocate.joinedAt,
      )
      .map((order) => ({
        kind: "purchase",
        order: askedOrder(order, program.asked),
        number: numbers.get(order.orderId) ?? 0,
      })),
  );
}

/** SQL of their orders o since they joined. */
function sinceJoinedSql(asked: readonly { advocate: LoadedAdvocate }[]): Prisma.Sql {
  const joined = new Map<string, Date>();
  for (const { advocate } of asked) {
    const { customerId, joinedAt } = advocate;
    const other = joined.get(customerId);
    joined.set(customerId, other && other < joinedAt ? other : joinedAt);
  }
  return Prisma.sql`
    unnest(
      ${[...joined.keys()]}::text[],
      ${[...joined.values()].map((at) => at.toISOString())}::timestamptz[]
    ) AS w (id, since)
    JOIN shop_order o ON o.customer_id = w.id AND o.occurred_at >= w.since`;
}

/**
 * Which of the customer's purchases that stand each is, counted from 1 by when they were made; of
 * two at the same instant, the one with the lower event id came first.
 */
function numbersQuery(
  { merchantId }: Tx,
  customerIds: readonly string[],
): Query<{ id: string; number: number }> {
  return {
    sql: Prisma.sql`
      SELECT id, row_number() OVER (PARTITION BY customer_id ORDER BY occurred_at, event_id)::int
        AS number
      FROM shop_order
      WHERE merchant_id = ${merchantId} AND customer_id = ANY(${[...customerIds]}::text[])
        AND stands`,
    row: (json) => json,
  };
}

type EventRow = {
  type: string;
  eventId: string;
  at: Date;
  recordedAt: Date;
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
      e.recorded_at AS "recordedAt", e.body->'context'->>'country' AS country,
      e.body->'context'->>'channel' AS channel
    FROM event_outcome o JOIN event e ON e.merchant_id = o.merchant_id AND e.id = o.event_id
    WHERE o.merchant_id = ${merchantId} AND o.customer_id = ${advocate.customerId}
      AND o.type = ANY(${[...types]}::text[])
      AND o.occurred_at >= ${advocate.joinedAt}
      AND COALESCE(e.advocate_id, ${advocate.id}) = ${advocate.id}
      AND e.provenance = ANY(${whoMay("earn")}::text[])
    ORDER BY o.occurred_at, o.event_id`;
  return events.map((event) => ({ kind: "event", ...event }));
}
