import { type Db, Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import { eventTypesOf, watchesOf } from "@/lib/terms/rules/applying";
import { askedBy } from "@/lib/terms/rules/asked";
import type { Action } from "@/lib/terms/facts/actions";
import type { Decision } from "../decision";
import type { StoredEvent } from "../../intake/stored-event";
import { readOrders } from "../facts";
import { type PublishedProgram, publishedVersions } from "../terms-in-effect";
import { rewardAction } from "./reward-action";
import type { LoadedAdvocate } from "./with-advocate";

type Scoped = Scope & { db: Db };

/**
 * Rewards an action of a customer's own, a purchase or another event, in the programs they share.
 * Their row is locked by then, so everything they did before is on record. Each action is decided
 * once, by what is known when it is processed.
 * @param decisions takes what was decided
 */
export async function rewardOwnActions(
  scope: Scoped,
  event: StoredEvent,
  customerId: string,
  decisions: Decision[],
): Promise<void> {
  if (event.type === "refund" || event.type === "program_view") return;
  const wanted = event.type === "purchase" ? "own_purchase" : "own_event";
  const advocates = await scope.db.$queryRaw<LoadedAdvocate[]>`
    SELECT a.id, a.program_id AS "programId", a.customer_id AS "customerId",
      a.joined_at AS "joinedAt", a.qualified_count AS "qualifiedCount"
    FROM advocate a
    JOIN program p ON p.merchant_id = a.merchant_id AND p.id = a.program_id
      AND ${wanted} = ANY(p.watches)
    WHERE a.merchant_id = ${scope.merchantId} AND a.customer_id = ${customerId}
    ORDER BY a.program_id`;
  for (const advocate of advocates) {
    // A share belongs to the program that was shared.
    if (event.advocateId !== null && event.advocateId !== advocate.id) continue;
    const program = await publishedVersions(scope, advocate.programId);
    const actions =
      event.type === "purchase"
        ? await purchases(scope, advocate, program, Prisma.sql`o.event_id = ${event.id}`)
        : isProven(event, program, decisions)
          ? [eventAction(event)]
          : [];
    for (const action of actions)
      await rewardAction(scope, { advocate, program, action, at: event.occurredAt }, decisions);
  }
}

/**
 * Whether the shop's server sent the event. A publishable key stands in the shop's pages: anybody
 * can send anything with it, as often as they like.
 */
function isProven(
  event: StoredEvent,
  { versions }: PublishedProgram,
  decisions: Decision[],
): boolean {
  if (event.source !== "browser") return true;
  if (versions.some(({ terms }) => eventTypesOf(terms, "advocate").includes(event.type))) {
    decisions.push({
      code: "event_unproven",
      message: "A web page sent this. Own actions are rewarded when your server reports them.",
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

/**
 * The actions of an advocate since they joined, for the moment when it becomes known that they did:
 * events that arrived before it have waited for this.
 */
export async function actionsSinceJoining(
  scope: Scoped,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
): Promise<{ action: Action; at: Date }[]> {
  const found: { action: Action; at: Date }[] = [
    { action: { kind: "join", at: advocate.joinedAt }, at: advocate.joinedAt },
  ];
  const kinds = new Set(program.versions.flatMap(({ terms }) => watchesOf(terms)));
  if (kinds.has("own_purchase")) {
    const since = await purchases(
      scope,
      advocate,
      program,
      Prisma.sql`o.customer_id = ${advocate.customerId} AND o.occurred_at >= ${advocate.joinedAt}`,
    );
    found.push(...since.map((action) => ({ action, at: action.order.occurredAt })));
  }
  const types = program.versions.flatMap(({ terms }) => eventTypesOf(terms, "advocate"));
  if (types.length > 0) {
    const events = await scope.db.$queryRaw<
      { type: string; eventId: string; at: Date; country: string | null; channel: string | null }[]
    >`
      SELECT o.type, o.event_id AS "eventId", o.occurred_at AS at,
        e.body->'context'->>'country' AS country, e.body->'context'->>'channel' AS channel
      FROM event_outcome o JOIN event e ON e.merchant_id = o.merchant_id AND e.id = o.event_id
      WHERE o.merchant_id = ${scope.merchantId} AND o.customer_id = ${advocate.customerId}
        AND o.type = ANY(${types}::text[])
        AND o.occurred_at >= ${advocate.joinedAt}
        AND COALESCE(e.advocate_id, ${advocate.id}) = ${advocate.id}
        AND e.source <> 'browser'
      ORDER BY o.occurred_at, o.event_id`;
    found.push(
      ...events.map(({ at, ...event }) => ({
        action: { kind: "event" as const, at, ...event },
        at,
      })),
    );
  }
  return found;
}

async function purchases(
  scope: Scoped,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
  where: Prisma.Sql,
): Promise<Extract<Action, { kind: "purchase" }>[]> {
  const asked = program.versions.map(({ terms }) => askedBy(terms));
  const orders = await readOrders(
    scope,
    {
      ...asked[0]!,
      lines: asked.some(({ lines }) => lines),
      event: asked.some(({ event }) => event),
    },
    where,
  );
  const first = orders[0];
  if (!first) return [];
  // Every purchase that cost something counts, whenever it was made; of two at the same instant,
  // the one with the lower event id came first.
  const [{ before }] = await scope.db.$queryRaw<[{ before: number }]>`
    SELECT count(*)::int AS before FROM shop_order o
    WHERE o.merchant_id = ${scope.merchantId} AND o.customer_id = ${advocate.customerId}
      AND o.total_minor > 0
      AND (o.occurred_at, o.event_id) < (${first.occurredAt}, ${first.eventId})`;
  return orders
    .filter(({ totalMinor }) => totalMinor > 0n)
    .map((order, index) => ({ kind: "purchase", order, number: before + index + 1 }));
}
