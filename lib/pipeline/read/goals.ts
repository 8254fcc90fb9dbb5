import { Prisma } from "@/lib/core/db";
import type { Tx } from "@/lib/merchants/scope";
import type { GoalFact } from "@/lib/terms/facts/referrals";

/** An event that is being processed and has no outcome on record yet. */
export type LatestEvent = {
  id: string;
  customerId: string;
  type: string;
  occurredAt: Date;
  country: string | null;
};

/** How many goals of a group of friends are looked at, the earliest first. */
const MOST_GOALS = 5_000;

type Wanted = {
  /** Whose, and of which time. */
  friends: readonly { customerId: string; from: Date; to: Date }[];
  types: readonly string[];
  withCountry: boolean;
  /** Events that are under way, which have no outcome on record yet. */
  latest: readonly LatestEvent[];
};

/** Reads the goals that terms wait for, oldest first. */
export async function readGoals(
  tx: Tx,
  { friends, types, withCountry, latest }: Wanted,
): Promise<(GoalFact & { customerId: string })[]> {
  if (types.length === 0) return [];
  const join = withCountry
    ? Prisma.sql`JOIN event e ON e.merchant_id = o.merchant_id AND e.id = o.event_id`
    : Prisma.empty;
  const goals = await tx.db.$queryRaw<(GoalFact & { customerId: string })[]>`
    SELECT o.type, o.customer_id AS "customerId", o.event_id AS "eventId",
      o.occurred_at AS "occurredAt",
      ${withCountry ? Prisma.sql`e.body->'context'->>'country'` : Prisma.sql`NULL::text`} AS country
    FROM event_outcome o ${join}
    WHERE o.merchant_id = ${tx.merchantId}
      AND o.customer_id = ANY(${friends.map(({ customerId }) => customerId)}::text[])
      AND o.type = ANY(${[...new Set(types)]}::text[])
      AND o.occurred_at BETWEEN ${earliest(friends)} AND ${latestEnd(friends)}
    ORDER BY o.occurred_at, o.event_id LIMIT ${MOST_GOALS}`;
  return [...goals, ...latest.map(({ id, ...event }) => ({ ...event, eventId: id }))];
}

function earliest(friends: Wanted["friends"]): Date {
  return new Date(Math.min(...friends.map(({ from }) => from.getTime())));
}

function latestEnd(friends: Wanted["friends"]): Date {
  return new Date(Math.max(...friends.map(({ to }) => to.getTime())));
}
