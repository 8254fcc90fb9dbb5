import type { Tx } from "@/lib/merchants/scope";
import { textsOf } from "@/lib/terms/kinds/condition";
import type { PersonFact } from "@/lib/terms/facts/conditions";
import type { Asked } from "@/lib/terms/rules/asked";

/** Reads what the terms ask of people, by customer id; nothing where they ask nothing. */
export async function readPeople(
  { db, merchantId }: Pick<Tx, "db" | "merchantId">,
  asked: Pick<Asked, "traits" | "tiers">,
  ids: readonly string[],
): Promise<Map<string, PersonFact>> {
  if (asked.traits.size === 0 && !asked.tiers) return new Map();
  const rows = await db.$queryRaw<
    { id: string; traits: Record<string, unknown>; tier: string | null }[]
  >`
    SELECT c.id, c.traits, s.tier_id AS tier FROM customer c
    LEFT JOIN customer_tier s ON s.merchant_id = c.merchant_id AND s.customer_id = c.id
    WHERE c.merchant_id = ${merchantId} AND c.id = ANY(${[...new Set(ids)]}::text[])`;
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

/** People as the terms of a program ask about them, by `personKey`. */
export type People = ReadonlyMap<string, PersonFact>;

export function personKey(programId: string, customerId: string): string {
  return `${programId} ${customerId}`;
}

/** By event: the people it concerned as they were when it was first decided about. */
export type PeopleThen = ReadonlyMap<string, People>;

/** @param areAsked whether any terms ask for people at all */
export async function readPeopleThen(
  { db, merchantId }: Pick<Tx, "db" | "merchantId">,
  areAsked: boolean,
  eventIds: readonly string[],
): Promise<PeopleThen> {
  if (!areAsked || eventIds.length === 0) return new Map();
  const rows = await db.$queryRaw<{ eventId: string; people: Record<string, PersonFact> }[]>`
    SELECT event_id AS "eventId", people FROM event_outcome
    WHERE merchant_id = ${merchantId} AND event_id = ANY(${[...new Set(eventIds)]}::text[])
      AND people IS NOT NULL`;
  return new Map(rows.map(({ eventId, people }) => [eventId, new Map(Object.entries(people))]));
}
