import { Prisma } from "@/lib/core/db";
import { type Query, readRows } from "@/lib/core/statements/query";
import type { Tx } from "@/lib/merchants/scope";
import type { PersonFact } from "@/lib/terms/facts/conditions";
import { textsOf } from "@/lib/terms/kinds/condition";
import { type Asked, asksForPeople } from "@/lib/terms/rules/asked";

/** A customer as conditions and points ask about them. */
export type PersonRow = {
  id: string;
  traits: Readonly<Record<string, unknown>>;
  tier: { id: string; name: string; pointsMultiplierBp: number } | null;
};

/** @param ids SQL that selects the ids of customers */
export function peopleQuery(
  { merchantId }: Pick<Tx, "merchantId">,
  ids: Prisma.Sql,
): Query<PersonRow> {
  return {
    sql: Prisma.sql`
      SELECT c.id, c.traits, t.id AS "tierId", t.name, t.points_multiplier_bp AS "multiplierBp"
      FROM (${ids}) AS asked (id)
      JOIN customer c ON c.merchant_id = ${merchantId} AND c.id = asked.id
      LEFT JOIN customer_tier s ON s.merchant_id = c.merchant_id AND s.customer_id = c.id
      LEFT JOIN tier t ON t.merchant_id = s.merchant_id AND t.id = s.tier_id`,
    row: ({ id, traits, tierId, name, multiplierBp }) => ({
      id,
      traits,
      tier: tierId === null ? null : { id: tierId, name, pointsMultiplierBp: multiplierBp },
    }),
  };
}

/** A person as these terms ask about them; null where they ask nothing. */
export function personFact(
  row: PersonRow | undefined,
  asked: Pick<Asked, "traits" | "tiers">,
): PersonFact | null {
  if (!row || !asksForPeople(asked)) return null;
  const named = Object.entries(row.traits).filter(([name]) => asked.traits.has(name));
  const country = textsOf(row.traits["country"])[0]?.trim().toUpperCase() ?? null;
  return {
    traits: Object.fromEntries(named),
    tier: row.tier?.id ?? null,
    country: country !== null && /^[A-Z]{2}$/.test(country) ? country : null,
  };
}

/** Reads what the terms ask of people, by customer id; nothing where they ask nothing. */
export async function readPeople(
  tx: Pick<Tx, "db" | "merchantId">,
  asked: Pick<Asked, "traits" | "tiers">,
  ids: readonly string[],
): Promise<Map<string, PersonFact>> {
  if (!asksForPeople(asked)) return new Map();
  const rows = await readRows(tx.db, peopleQuery(tx, theseIds(ids)));
  return new Map(rows.map((row) => [row.id, personFact(row, asked)!]));
}

export function theseIds(ids: Iterable<string>): Prisma.Sql {
  return Prisma.sql`SELECT unnest(${[...new Set(ids)]}::text[])`;
}

/** People as the terms of a program ask about them, by `personKey`. */
export type People = ReadonlyMap<string, PersonFact>;

export function personKey(programId: string, customerId: string): string {
  return `${programId} ${customerId}`;
}

/** The people that an event concerned as they were when it was first decided about. */
export type PeopleThen = Readonly<Record<string, PersonFact>>;

/** SQL for those people, of an event by its id; null where nobody asked, or asks now. */
export function peopleThenSql(areAsked: boolean, merchantId: string, eventId: Prisma.Sql) {
  return areAsked
    ? Prisma.sql`(
        SELECT x.people FROM event_outcome x
        WHERE x.merchant_id = ${merchantId} AND x.event_id = ${eventId}
      )`
    : Prisma.sql`NULL::jsonb`;
}
