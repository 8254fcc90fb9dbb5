import { trimUnseen } from "@/lib/core/values/invisible";
import { containing } from "@/lib/core/values/search";
import { inScope, type Scope, scopeAllows, type Tx } from "@/lib/merchants/scope";
import { findHits, type Hit, MOST_PEOPLE } from "./hits";

/** Something that a text leads to, and a word on how. */
export type Found = {
  kind: "customer" | "reward" | "referral" | "program";
  id: string;
  title: string;
  detail: string | null;
};

/**
 * What a member may mean by a few letters: customers, the rewards, referrals and orders that they
 * name, and programs.
 * @returns at most ten people and five programs; nothing for less than two letters
 */
export async function findAnything(scope: Scope, text: string): Promise<Found[]> {
  const query = trimUnseen(text);
  if (query.length < 2) return [];
  return inScope(scope, async (tx) => [
    ...(scopeAllows(scope, "customer.read") ? await foundPeople(tx, query) : []),
    ...(scopeAllows(scope, "program.read") ? await foundPrograms(tx, query) : []),
  ]);
}

async function foundPeople({ db, merchantId }: Tx, query: string): Promise<Found[]> {
  const hits = await findHits(db, merchantId, query);
  const byCustomer = new Map<string, Hit>();
  for (const hit of hits) if (!byCustomer.has(hit.customerId)) byCustomer.set(hit.customerId, hit);
  const ids = [...byCustomer.keys()].slice(0, MOST_PEOPLE);
  const customers = await db.customer.findMany({
    where: { merchantId, id: { in: ids } },
    select: { id: true, name: true, email: true, externalId: true },
  });
  const named = new Map(customers.map((customer) => [customer.id, customer]));
  return ids.flatMap((id) => {
    const customer = named.get(id);
    if (!customer) return [];
    const name = customer.name ?? customer.email ?? customer.externalId ?? id;
    return [foundBy(byCustomer.get(id)!, query, { ...customer, name })];
  });
}

/** A reward, coupon or referral leads to itself; everything else to the customer. */
function foundBy(
  { match, rewardId, customerId }: Hit,
  query: string,
  { name, email }: { name: string; email: string | null },
): Found {
  if (rewardId !== null)
    return {
      kind: "reward",
      id: rewardId,
      title: match === "coupon" ? query : rewardId,
      detail: name,
    };
  if (match === "referral") return { kind: "referral", id: query, title: query, detail: name };
  const detail = match === "order" ? `Order ${query}` : match === "code" ? `Code ${query}` : email;
  return { kind: "customer", id: customerId, title: name, detail };
}

async function foundPrograms({ db, merchantId }: Tx, query: string): Promise<Found[]> {
  const programs = await db.$queryRaw<{ id: string; name: string; state: string }[]>`
    SELECT id, name, state FROM program
    WHERE merchant_id = ${merchantId} AND name ILIKE ${containing(query)}
    ORDER BY state = 'live' DESC, name, id LIMIT 5`;
  return programs.map(({ id, name, state }) => ({
    kind: "program",
    id,
    title: name,
    detail: state,
  }));
}
