import { type Db, Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import { watchesOf } from "@/lib/terms/rules/applying";
import { askedBy } from "@/lib/terms/rules/asked";
import type { Doing } from "@/lib/rewards/due";
import type { Decision } from "../decision";
import type { StoredEvent } from "../../intake/stored-event";
import { readOrders } from "../facts";
import { type PublishedProgram, publishedVersions } from "../terms-in-effect";
import { rewardAction } from "./reward-action";
import type { LoadedAdvocate } from "./with-advocate";

type Scoped = Scope & { db: Db };

/**
 * Rewards what a customer did themselves in the programs that they share: a purchase, or another
 * event of theirs. Their row is locked by then, so what they did before is on record. Each action is
 * decided once, as things stand when it is worked off.
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
    SELECT a.id, a.program_id AS "programId", a.customer_id AS "customerId", a.joined_at AS "joinedAt", a.qualified_count AS "qualifiedCount"
    FROM advocate a JOIN program p ON p.merchant_id = a.merchant_id AND p.id = a.program_id AND ${wanted} = ANY(p.watches)
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
 * Anyone can read a publishable key in the shop's pages and send with it what they like, as often
 * as they like.
 */
function isProven(
  event: StoredEvent,
  { versions }: PublishedProgram,
  decisions: Decision[],
): boolean {
  if (event.source !== "browser") return true;
  if (
    versions.some(({ terms }) =>
      terms.rules.some(({ on }) => on.kind === "own_event" && on.type === event.type),
    )
  ) {
    decisions.push({
      code: "event_unproven",
      message:
        "A web page sent this. What customers do themselves is rewarded when your server says so.",
    });
  }
  return false;
}

function eventAction(event: StoredEvent): Doing {
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
 * What an advocate did since they joined, for when the joining itself becomes known: what came
 * before it waits for this.
 */
export async function actionsSinceJoining(
  scope: Scoped,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
): Promise<{ action: Doing; at: Date }[]> {
  const found: { action: Doing; at: Date }[] = [
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
  const types = program.versions
    .flatMap(({ terms }) => terms.rules)
    .flatMap(({ on }) => (on.kind === "own_event" ? [on.type] : []));
  if (types.length > 0) {
    const events = await scope.db.$queryRaw<
      { type: string; eventId: string; at: Date; country: string | null; channel: string | null }[]
    >`
      SELECT o.type, o.event_id AS "eventId", o.occurred_at AS at, e.body->'context'->>'country' AS country, e.body->'context'->>'channel' AS channel
      FROM event_outcome o JOIN event e ON e.merchant_id = o.merchant_id AND e.id = o.event_id
      WHERE o.merchant_id = ${scope.merchantId} AND o.customer_id = ${advocate.customerId} AND o.type = ANY(${types}::text[])
        AND o.occurred_at >= ${advocate.joinedAt} AND COALESCE(e.advocate_id, ${advocate.id}) = ${advocate.id}
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
  such: Prisma.Sql,
): Promise<Extract<Doing, { kind: "purchase" }>[]> {
  const asked = program.versions.map(({ terms }) => askedBy(terms));
  const orders = await readOrders(
    scope,
    {
      ...asked[0]!,
      lines: asked.some(({ lines }) => lines),
      event: asked.some(({ event }) => event),
    },
    such,
  );
  const first = orders[0];
  if (!first) return [];
  // All that were bought for something count, whenever that was; of two at the same instant the
  // lower event id is the first.
  const [{ before }] = await scope.db.$queryRaw<[{ before: number }]>`
    SELECT count(*)::int AS before FROM shop_order o
    WHERE o.merchant_id = ${scope.merchantId} AND o.customer_id = ${advocate.customerId} AND o.total_minor > 0
      AND (o.occurred_at, o.event_id) < (${first.occurredAt}, ${first.eventId})`;
  return orders
    .filter(({ totalMinor }) => totalMinor > 0n)
    .map((order, index) => ({ kind: "purchase", order, number: before + index + 1 }));
}
