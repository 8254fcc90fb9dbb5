import { groupedBy } from "@/lib/core/collections/grouped-by";
import { Prisma } from "@/lib/core/db";
import { dateOf, NOTHING, type Query, readTogether } from "@/lib/core/statements/query";
import { type Tx, scopeNow } from "@/lib/merchants/scope";
import { openness, withinDates } from "@/lib/programs/rules";
import { type Action, causeOfAction } from "@/lib/terms/facts/actions";
import type { PersonFact } from "@/lib/terms/facts/conditions";
import { watchesOf } from "@/lib/terms/rules/applying";
import { causeRefOf } from "../decide/settle/settle-advocate";
import type { AdvocateWorld, ShopWorld, TermsInEffect } from "../decide/world";
import { armOf } from "./arms";
import { type GrantedReward, refusalsQuery, rewardsQuery } from "./decided";
import { peopleQuery, type PeopleThen, personFact, personKey, theseIds } from "./people";
import { type Shop, shopWorld } from "./shop";
import { armTerms, type PublishedProgram, versionAt } from "./terms-in-effect";

/** An advocate as the rules about their own actions see them. */
export type LoadedAdvocate = Pick<
  AdvocateWorld,
  "id" | "programId" | "customerId" | "joinedAt" | "qualifiedCount"
>;

function loadedQuery(
  { merchantId }: Pick<Tx, "merchantId">,
  where: Prisma.Sql,
): Query<LoadedAdvocate> {
  return {
    sql: Prisma.sql`
      SELECT a.id, a.program_id AS "programId", a.customer_id AS "customerId",
        a.joined_at AS "joinedAt", a.qualified_count AS "qualifiedCount"
      FROM advocate a WHERE a.merchant_id = ${merchantId} AND ${where}
      ORDER BY a.program_id, a.id`,
    row: ({ joinedAt, ...advocate }) => ({ ...advocate, joinedAt: dateOf(joinedAt) }),
  };
}

export function advocateQuery(tx: Pick<Tx, "merchantId">, id: string): Query<LoadedAdvocate> {
  return loadedQuery(tx, Prisma.sql`a.id = ${id}`);
}

/** The advocates that customers are in programs that reward what advocates buy or do. */
export function advocatesQuery(
  tx: Pick<Tx, "merchantId">,
  customerIds: readonly string[],
  { programs }: Pick<Shop, "programs">,
): Query<LoadedAdvocate> {
  const watching = [...programs.values()].filter(
    ({ watches }) => watches.includes("own_purchase") || watches.includes("own_event"),
  );
  if (watching.length === 0) return NOTHING;
  return loadedQuery(
    tx,
    Prisma.sql`a.customer_id = ANY(${[...customerIds]}::text[])
      AND a.program_id = ANY(${watching.map(({ id }) => id)}::text[])`,
  );
}

/** An advocate, and which of their actions are looked at. */
export type AskedAdvocate = {
  advocate: LoadedAdvocate;
  program: PublishedProgram;
  actions: readonly Action[];
  /** Also the rewards of these kinds of causes whose action is no more. */
  lost?: { kinds: readonly string[]; except: ReadonlySet<string> };
};

/**
 * Reads what settling some actions of advocates may ask: their worlds, in the order in which they
 * were asked for. The number of statements depends on them only where there are experiments.
 */
export async function readAdvocates(
  tx: Tx,
  shop: Shop,
  asked: readonly AskedAdvocate[],
): Promise<{ advocates: AdvocateWorld[]; shop: ShopWorld }> {
  if (asked.length === 0) return { advocates: [], shop: shopWorld(shop, []) };
  const where = decidedSql(asked);
  const read = await readTogether(tx.db, {
    people: shop.asks.people
      ? peopleQuery(tx, theseIds(asked.map(({ advocate }) => advocate.customerId)))
      : NOTHING,
    peopleThen: shop.asks.people ? thenQuery(tx, asked) : NOTHING,
    rewards: rewardsQuery(tx, where),
    refusals: refusalsQuery(tx, where),
  });
  const people = new Map(read.people.map((row) => [row.id, row]));
  const keyOf = (one: { programId: string; customerId: string }) =>
    personKey(one.programId, one.customerId);
  const rewards = groupedBy(read.rewards, keyOf);
  const refusals = groupedBy(read.refusals, keyOf);
  const reversedReferrals = await reversedAmong(tx, read.rewards);
  const advocates: AdvocateWorld[] = [];
  for (const one of asked) {
    const { advocate, program, actions } = one;
    const key = keyOf(advocate);
    advocates.push({
      ...advocate,
      termsAt: await termsInEffect(tx, advocate, program),
      reversedReferrals,
      person: personFact(people.get(advocate.customerId), program.asked),
      personThen: personThen(key, actions, read.peopleThen),
      actions,
      rewards: (rewards.get(key) ?? []).filter((reward) => isAskedFor(one, reward)),
      refusals: refusals.get(key) ?? [],
    });
  }
  return { advocates, shop: shopWorld(shop, read.people) };
}

/** A condition on rewards and refusals: for these causes, or of kinds whose action may be lost. */
function decidedSql(asked: readonly AskedAdvocate[]): Prisma.Sql {
  const causes = asked.flatMap(({ advocate, actions, lost }) => [
    ...actions.map(causeRefOf).map((cause) => ({ ...advocate, ...cause })),
    ...(lost?.kinds ?? []).map((kind) => ({ ...advocate, kind, ref: null })),
  ]);
  // What they earn as somebody's friend is their referral's, also for the same order.
  return Prisma.sql`customer_id = ANY(${causes.map(({ customerId }) => customerId)}::text[])
    AND NOT (cause_kind = 'order' AND referral_id IS NOT NULL)
    AND EXISTS (
      SELECT FROM unnest(
        ${causes.map(({ customerId }) => customerId)}::text[],
        ${causes.map(({ programId }) => programId)}::text[],
        ${causes.map(({ kind }) => kind)}::text[], ${causes.map(({ ref }) => ref)}::text[]
      ) AS c (customer, program, kind, ref)
      WHERE c.customer = customer_id AND c.program = program_id AND c.kind = cause_kind
        AND (c.ref IS NULL OR c.ref = cause_ref)
    )`;
}

function isAskedFor({ lost }: AskedAdvocate, { causeRef: { kind, ref } }: GrantedReward): boolean {
  return !lost?.except.has(`${kind}:${ref}`);
}

/** Who people were when events were first decided about. */
function thenQuery(
  { merchantId }: Tx,
  asked: readonly AskedAdvocate[],
): Query<{ eventId: string; people: PeopleThen }> {
  const eventIds = asked.flatMap(({ actions }) =>
    actions.flatMap((action) => ("eventId" in action ? [action.eventId] : [])),
  );
  return {
    sql: Prisma.sql`
      SELECT event_id AS "eventId", people FROM event_outcome
      WHERE merchant_id = ${merchantId} AND event_id = ANY(${[...new Set(eventIds)]}::text[])
        AND people IS NOT NULL`,
    row: (json) => json,
  };
}

function personThen(
  key: string,
  actions: readonly Action[],
  then: readonly { eventId: string; people: PeopleThen }[],
): Map<string, PersonFact> {
  const theirs = new Set(actions.map((action) => causeOfAction(action).eventId));
  return new Map(
    then.flatMap(({ eventId, people }) => {
      const person = people[key];
      return person && theirs.has(eventId) ? [[eventId, person] as const] : [];
    }),
  );
}

/** Which of the referrals that rewards of the second level are for were reversed. */
async function reversedAmong(
  { db, merchantId }: Tx,
  rewards: readonly GrantedReward[],
): Promise<Set<string>> {
  const ids = rewards.flatMap(({ causeRef: { kind, ref } }) =>
    kind === "second_level" ? [ref] : [],
  );
  if (ids.length === 0) return new Set();
  const rows = await db.referral.findMany({
    where: { merchantId, id: { in: ids }, state: "reversed" },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}

/**
 * The terms that were in effect for an advocate at a time. What happened while a program ran counts
 * even if it becomes known after the end.
 */
async function termsInEffect(
  tx: Tx,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
): Promise<AdvocateWorld["termsAt"]> {
  const closed = openness(program, program, scopeNow(tx));
  const isOpen = closed.open || closed.reason === "ended";
  const armed = new Map<number, Omit<TermsInEffect, "isOpen">>();
  for (const { version, terms } of program.versions) {
    if (watchesOf(terms).length === 0) continue;
    const arm = await armOf(tx, advocate.id, terms);
    armed.set(version, { terms: armTerms(terms, arm), version, arm });
  }
  return (at) => {
    const inEffect = armed.get(versionAt(program, at).version);
    return inEffect ? { ...inEffect, isOpen: isOpen && withinDates(program, at) } : null;
  };
}
