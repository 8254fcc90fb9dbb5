import { Prisma } from "@/lib/core/db";
import { dateOf, NOTHING, type Query } from "@/lib/core/statements/query";
import { may } from "@/lib/merchants/rules/provenance";
import type { Tx } from "@/lib/merchants/scope";
import type { GoalFact } from "@/lib/terms/facts/referrals";
import { isOnOwnPage, type StoredEvent } from "../intake/stored-event";
import { type PeopleThen, peopleThenSql } from "./people";

/** A goal and whose it is. */
export type CustomerGoal = GoalFact & { customerId: string };

/** How many goals of a friend are looked at, the earliest first. */
export const MOST_GOALS = 5_000;

type Wanted = {
  /** SQL of whom, and of which time: w (id, since, until). */
  friends: Prisma.Sql;
  types: readonly string[];
  withCountry: boolean;
  /** With the people of their events as they were then: see `PeopleThen`. */
  withPeople: boolean;
};

/** The goals that terms wait for: of each friend and type the oldest. */
export function goalsQuery(
  { merchantId }: Pick<Tx, "merchantId">,
  { friends, types, withCountry, withPeople }: Wanted,
): Query<CustomerGoal & { people: PeopleThen | null }> {
  if (types.length === 0) return NOTHING;
  return {
    sql: Prisma.sql`
      SELECT g.* FROM ${friends}
      CROSS JOIN unnest(${[...types]}::text[]) AS goal (type)
      CROSS JOIN LATERAL (
        SELECT o.type, o.customer_id AS "customerId", o.event_id AS "eventId",
          o.occurred_at AS "occurredAt", e.recorded_at AS "recordedAt",
          ${withCountry ? Prisma.sql`e.body->'context'->>'country'` : Prisma.sql`NULL::text`}
            AS country,
          ${peopleThenSql(withPeople, merchantId, Prisma.sql`o.event_id`)} AS people
        FROM event_outcome o
        JOIN event e ON e.merchant_id = o.merchant_id AND e.id = o.event_id
        WHERE o.merchant_id = ${merchantId} AND o.customer_id = w.id AND o.type = goal.type
          AND o.counts AND o.occurred_at BETWEEN w.since AND w.until
        ORDER BY o.occurred_at, o.event_id LIMIT ${MOST_GOALS}
      ) g`,
    row: ({ occurredAt, recordedAt, ...goal }) => ({
      ...goal,
      occurredAt: dateOf(occurredAt),
      recordedAt: dateOf(recordedAt),
    }),
  };
}

/** The goals among events under way, which have no outcome on record yet. */
export function latestGoals(
  events: readonly { event: StoredEvent; customerId: string }[],
): CustomerGoal[] {
  return events.flatMap(({ event, customerId }) => {
    const { id, type, occurredAt, recordedAt, body } = event;
    if (!may(event, "qualify")) return [];
    if (type === "purchase" || type === "refund" || isOnOwnPage(event)) return [];
    const country = body.context?.country ?? null;
    return [{ eventId: id, customerId, type, occurredAt, recordedAt, country }];
  });
}
