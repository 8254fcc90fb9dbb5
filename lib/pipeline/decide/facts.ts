import { type Db, Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import type { Terms } from "@/lib/terms/schema";
import type { LoadedReferral } from "@/lib/referrals/commands";
import { type GoalFact, type OrderFact, type OrderLineFact } from "@/lib/terms/facts/referrals";
import type { ReferralFacts } from "@/lib/referrals/rules";
import { eventTypesOf } from "@/lib/terms/rules/applying";
import { type Asked, askedBy } from "@/lib/terms/rules/asked";
import type { PersonFact } from "@/lib/terms/facts/conditions";
import { textsOf } from "@/lib/terms/kinds/condition";
import type { ReferralContext } from "@/lib/terms/facts/known";

/** An event that is being processed and has no outcome on record yet. */
export type LatestEvent = { id: string; type: string; occurredAt: Date; country: string | null };

type Scoped = Scope & { db: Db };
const MOST_GOALS = 2_000;

/**
 * Reads what the terms may ask about a referral: the friend's orders within its time, and the goals
 * that the terms mention.
 * @param latest the event under way, which has no outcome on record yet
 */
export async function readReferralFacts(
  scope: Scoped,
  referral: LoadedReferral,
  terms: Terms,
  latest: LatestEvent | null,
): Promise<ReferralFacts> {
  const { clickedAt, joinedAt, expiresAt, friendId } = referral;
  // An order may be dated a little before the click that led to it: their clocks differ.
  const startedAt = clickedAt !== null && clickedAt < joinedAt ? clickedAt : joinedAt;
  const orders = await readOrders(
    scope,
    askedBy(terms),
    Prisma.sql`o.customer_id = ${friendId} AND o.occurred_at BETWEEN ${startedAt} AND ${expiresAt}`,
  );
  return {
    state: referral.state,
    joinEventId: referral.joinEventId,
    startedAt,
    joinedAt,
    expiresAt,
    orders,
    goals: await readGoals(scope, terms, { friendId, startedAt, expiresAt }, latest),
    hasEarlierOrder: referral.firstOrderAt !== null && referral.firstOrderAt < startedAt,
    isApproved: referral.approvedAt !== null,
  };
}

async function readGoals(
  { db, merchantId }: Scoped,
  terms: Terms,
  window: { friendId: string; startedAt: Date; expiresAt: Date },
  latest: LatestEvent | null,
): Promise<GoalFact[]> {
  const wanted = eventTypesOf(terms, "friend");
  if (wanted.length === 0) return [];
  const withCountry = askedBy(terms).event;
  const goals = await db.$queryRaw<GoalFact[]>`
    SELECT o.type, o.event_id AS "eventId", o.occurred_at AS "occurredAt",
      ${withCountry ? Prisma.sql`e.body->'context'->>'country'` : Prisma.sql`NULL::text`} AS country
    FROM event_outcome o ${withCountry ? JOIN_EVENT : Prisma.empty}
    WHERE o.merchant_id = ${merchantId} AND o.customer_id = ${window.friendId}
      AND o.type = ANY(${wanted}::text[])
      AND o.occurred_at BETWEEN ${window.startedAt} AND ${window.expiresAt}
    ORDER BY o.occurred_at, o.event_id LIMIT ${MOST_GOALS}`;
  return latest
    ? [
        ...goals,
        {
          type: latest.type,
          eventId: latest.id,
          occurredAt: latest.occurredAt,
          country: latest.country,
        },
      ]
    : goals;
}

const JOIN_EVENT = Prisma.sql`
  JOIN event e ON e.merchant_id = o.merchant_id AND e.id = o.event_id`;

/**
 * Reads orders with what the terms ask of them, oldest first. @param where a condition on
 * shop_order o
 */
export async function readOrders(
  { db, merchantId }: Scoped,
  asked: Asked,
  where: Prisma.Sql,
): Promise<OrderFact[]> {
  const context = asked.event
    ? Prisma.sql`, e.body->'context'->>'country' AS country,
      COALESCE(e.channel, e.body->'context'->>'channel') AS channel`
    : Prisma.sql`, NULL::text AS country, NULL::text AS channel`;
  const orders = await db.$queryRaw<OrderFact[]>`
    SELECT o.id AS "orderId", o.event_id AS "eventId", o.occurred_at AS "occurredAt", o.currency,
      CASE WHEN o.stands THEN o.total_minor - o.refunded_minor ELSE 0 END AS "remainingMinor",
      o.total_minor AS "totalMinor"${context}
    FROM shop_order o ${asked.event ? JOIN_EVENT : Prisma.empty}
    WHERE o.merchant_id = ${merchantId} AND ${where}
    ORDER BY o.occurred_at, o.event_id`;
  if (!asked.lines) return orders.map((order) => ({ ...order, lines: null }));
  const lines = await linesOf(
    { db, merchantId },
    orders.map(({ orderId }) => orderId),
  );
  return orders.map((order) => ({ ...order, lines: lines.get(order.orderId) ?? [] }));
}

/** The lines of orders as they are now. */
export async function linesOf(
  { db, merchantId }: Pick<Scoped, "db" | "merchantId">,
  orderIds: readonly string[],
): Promise<Map<string, OrderLineFact[]>> {
  const rows =
    orderIds.length === 0
      ? []
      : await db.orderLine.findMany({
          where: { merchantId, orderId: { in: [...orderIds] } },
          orderBy: [{ orderId: "asc" }, { line: "asc" }],
        });
  const found = new Map<string, OrderLineFact[]>();
  for (const row of rows)
    found.set(row.orderId, [...(found.get(row.orderId) ?? []), lineFact(row)]);
  return found;
}

/** A line of an order after its refunds. */
function lineFact(line: {
  sku: string;
  category: string | null;
  totalMinor: bigint;
  refundedMinor: bigint;
  cameBack: boolean;
}): OrderLineFact {
  const { sku, category, totalMinor, refundedMinor, cameBack } = line;
  return { sku, category, totalMinor, remainingMinor: totalMinor - refundedMinor, cameBack };
}

/** Reads the people of a referral and what else conditions may ask of it, as known now. */
export async function readReferralContext(
  scope: Scoped,
  referral: Pick<
    LoadedReferral,
    "friendId" | "advocateCustomerId" | "qualifiedCount" | "channel" | "clickedAt"
  >,
  terms: Terms,
): Promise<ReferralContext> {
  const asked = askedBy(terms);
  const people = await readPeople(scope, asked, [referral.friendId, referral.advocateCustomerId]);
  return {
    timeZone: scope.timeZone,
    advocate: people.get(referral.advocateCustomerId) ?? null,
    friend: people.get(referral.friendId) ?? null,
    channel: referral.channel,
    clickedAt: referral.clickedAt,
    qualifiedReferrals: asked.counts.has("confirmed_referrals") ? referral.qualifiedCount : null,
  };
}

/** Reads what the terms ask of people, by customer id; nothing where they ask nothing. */
export async function readPeople(
  { db, merchantId }: Scoped,
  asked: Pick<Asked, "traits" | "tiers">,
  ids: readonly string[],
): Promise<Map<string, PersonFact>> {
  if (asked.traits.size === 0 && !asked.tiers) return new Map();
  const rows = await db.$queryRaw<
    { id: string; traits: Record<string, unknown>; tier: string | null }[]
  >`
    SELECT c.id, c.traits, s.tier_id AS tier FROM customer c
    LEFT JOIN customer_tier s ON s.merchant_id = c.merchant_id AND s.customer_id = c.id
    WHERE c.merchant_id = ${merchantId} AND c.id = ANY(${[...ids]}::text[])`;
  return new Map(
    rows.map(({ id, traits, tier }) => {
      const named = Object.entries(traits).filter(([name]) => asked.traits.has(name));
      const country = textsOf(traits["country"])[0]?.trim().toUpperCase() ?? null;
      return [
        id,
        {
          traits: Object.fromEntries(named),
          tier,
          country: country !== null && /^[A-Z]{2}$/.test(country) ? country : null,
        },
      ];
    }),
  );
}
