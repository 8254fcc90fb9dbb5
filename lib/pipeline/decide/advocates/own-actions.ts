import { type Db, Prisma } from "@/lib/core/db";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { openness, watchesOf, withinDates } from "@/lib/programs/rules";
import { askedBy } from "@/lib/rewards/asked";
import { type Doing, dueOfDoing } from "@/lib/rewards/due";
import { grant } from "../advance-referrals";
import { armOf } from "../arms";
import type { Decision, StoredEvent } from "../../intake/stored-event";
import { readOrders, readPeople } from "../facts";
import { armTerms, type PublishedProgram, publishedVersions, versionAt } from "../terms-in-effect";

type Scoped = Scope & { db: Db };

/** An advocate as the rules about their own doings look at them. */
export type LoadedAdvocate = {
  id: string;
  programId: string;
  customerId: string;
  joinedAt: Date;
  qualifiedCount: number;
};

/**
 * Rewards what a customer did themselves in the programs that they share: a purchase, or another
 * event of theirs. Their row is locked by then, so what they did before is on record. Each doing is
 * decided once, as things stand when it is worked off.
 */
export async function rewardOwnDoing(
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
    const doings =
      event.type === "purchase"
        ? await purchases(scope, advocate, program, Prisma.sql`o.event_id = ${event.id}`)
        : isProven(event, program, decisions)
          ? [eventDoing(event)]
          : [];
    for (const doing of doings)
      await rewardDoing(scope, { advocate, program, doing, at: event.occurredAt }, decisions);
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

function eventDoing(event: StoredEvent): Doing {
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
export async function doingsSinceJoining(
  scope: Scoped,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
): Promise<{ doing: Doing; at: Date }[]> {
  const found: { doing: Doing; at: Date }[] = [
    { doing: { kind: "join", at: advocate.joinedAt }, at: advocate.joinedAt },
  ];
  const kinds = new Set(program.versions.flatMap(({ terms }) => watchesOf(terms)));
  if (kinds.has("own_purchase")) {
    const since = await purchases(
      scope,
      advocate,
      program,
      Prisma.sql`o.customer_id = ${advocate.customerId} AND o.occurred_at >= ${advocate.joinedAt}`,
    );
    found.push(...since.map((doing) => ({ doing, at: doing.order.occurredAt })));
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
        doing: { kind: "event" as const, at, ...event },
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

/** Decides what a doing of an advocate is worth under the terms that were in force then. */
export async function rewardDoing(
  scope: Scoped,
  {
    advocate,
    program,
    doing,
    at,
  }: { advocate: LoadedAdvocate; program: PublishedProgram; doing: Doing; at: Date },
  decisions: Decision[],
): Promise<void> {
  const { version, terms: all } = versionAt(program, at);
  if (watchesOf(all).length === 0) return;
  const closed = openness(program, program, scopeNow(scope));
  // What happened while a program ran counts also when it is heard of after its end.
  if ((!closed.open && closed.reason !== "ended") || !withinDates(program, at)) return;
  const arm = await armOf(scope, advocate.id, all);
  const terms = armTerms(all, arm);
  const people = await readPeople(scope, askedBy(terms), [advocate.customerId]);
  const due = dueOfDoing(terms, doing, {
    timeZone: scope.timeZone,
    joinedAt: advocate.joinedAt,
    advocate: people.get(advocate.customerId) ?? null,
    confirmedReferrals: advocate.qualifiedCount,
  });
  for (const one of due) {
    await grant(
      scope,
      one,
      {
        terms,
        program: { id: program.id, version },
        advocateId: advocate.id,
        customerId: advocate.customerId,
        arm,
        referral: null,
      },
      decisions,
    );
  }
}

/**
 * Rewards visits to an advocate's links: each visitor once, and never the advocate's own browser.
 */
export async function rewardVisits(
  scope: Scoped,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
  eventIds: readonly string[],
): Promise<Map<string, Decision[]>> {
  const visits = await scope.db.$queryRaw<
    { eventId: string; visitorId: string; at: Date; channel: string | null }[]
  >`
    SELECT DISTINCT ON (e.visitor_id) e.id AS "eventId", e.visitor_id AS "visitorId", e.occurred_at AS at, e.channel FROM event e
    WHERE e.merchant_id = ${scope.merchantId} AND e.id = ANY(${[...eventIds]}::text[]) AND e.visitor_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM customer_visitor v
        WHERE v.merchant_id = e.merchant_id AND v.visitor_id = e.visitor_id AND v.customer_id = ${advocate.customerId})
      AND NOT EXISTS (SELECT FROM event f
        WHERE f.merchant_id = e.merchant_id AND f.visitor_id = e.visitor_id AND f.advocate_id = e.advocate_id AND f.type = 'click'
          AND (f.occurred_at, f.id) < (e.occurred_at, e.id))
    ORDER BY e.visitor_id, e.occurred_at, e.id`;
  const decided = new Map<string, Decision[]>();
  for (const { at, ...visit } of visits.toSorted(
    (one, other) => one.at.getTime() - other.at.getTime(),
  )) {
    const decisions: Decision[] = [];
    await rewardDoing(
      scope,
      { advocate, program, doing: { kind: "visit", at, ...visit }, at },
      decisions,
    );
    decided.set(visit.eventId, decisions);
  }
  return decided;
}

/**
 * Runs `work` for an advocate with their customer's row locked, as everything that rewards their
 * own doings does.
 */
export async function withAdvocate<T>(
  scope: Scope,
  advocateId: string,
  work: (scope: Scoped, advocate: LoadedAdvocate) => Promise<T>,
): Promise<T> {
  return inScope(scope, async (db, scope) => {
    const { merchantId } = scope;
    await db.$queryRaw`
      SELECT 1 FROM customer WHERE merchant_id = ${merchantId}
        AND id = (SELECT customer_id FROM advocate WHERE merchant_id = ${merchantId} AND id = ${advocateId}) FOR NO KEY UPDATE`;
    const advocate = await db.advocate.findUniqueOrThrow({
      where: { merchantId_id: { merchantId, id: advocateId } },
      select: { id: true, programId: true, customerId: true, joinedAt: true, qualifiedCount: true },
    });
    return work(scope, advocate);
  });
}
