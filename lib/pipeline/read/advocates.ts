import { Prisma } from "@/lib/core/db";
import { type Tx, scopeNow } from "@/lib/merchants/scope";
import { openness, withinDates } from "@/lib/programs/rules";
import type { Action } from "@/lib/terms/facts/actions";
import { watchesOf } from "@/lib/terms/rules/applying";
import { askedBy } from "@/lib/terms/rules/asked";
import { causeRefOf } from "../decide/settle/settle-advocate";
import type { AdvocateWorld, TermsInEffect } from "../decide/world";
import { armOf } from "./arms";
import { readDecided } from "./decided";
import { personKey, readPeople, readPeopleThen } from "./people";
import { armTerms, type PublishedProgram, versionAt } from "./terms-in-effect";

/** An advocate as the rules about their own actions see them. */
export type LoadedAdvocate = Pick<
  AdvocateWorld,
  "id" | "programId" | "customerId" | "joinedAt" | "qualifiedCount"
>;

export const ADVOCATE_COLUMNS = Prisma.sql`
  a.id, a.program_id AS "programId", a.customer_id AS "customerId", a.joined_at AS "joinedAt",
  a.qualified_count AS "qualifiedCount"`;

/** The advocates that customers are, in programs that watch for something, by program. */
export async function advocatesOf(
  { db, merchantId }: Tx,
  customerIds: readonly string[],
  watch: "own_purchase" | "own_event",
): Promise<LoadedAdvocate[]> {
  return db.$queryRaw<LoadedAdvocate[]>`
    SELECT ${ADVOCATE_COLUMNS}
    FROM advocate a
    JOIN program p ON p.merchant_id = a.merchant_id AND p.id = a.program_id
      AND ${watch} = ANY(p.watches)
    WHERE a.merchant_id = ${merchantId} AND a.customer_id = ANY(${[...customerIds]}::text[])
    ORDER BY a.program_id, a.id`;
}

/**
 * Reads what settling some actions of an advocate may ask.
 * @param lost also the rewards of these kinds of causes whose action is no more
 */
export async function readAdvocate(
  tx: Tx,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
  actions: readonly Action[],
  lost: { kinds: readonly string[]; except: ReadonlySet<string> } | null = null,
): Promise<AdvocateWorld> {
  const termsAt = await termsInEffect(tx, advocate, program);
  const asked = program.versions.map(({ terms }) => askedBy(terms));
  const people = await readPeople(
    tx,
    {
      traits: new Set(asked.flatMap(({ traits }) => [...traits])),
      tiers: asked.some(({ tiers }) => tiers),
    },
    [advocate.customerId],
  );
  const then = await readPeopleThen(
    tx,
    people.size > 0,
    actions.flatMap((action) => ("eventId" in action ? [action.eventId] : [])),
  );
  const causes = actions.map(causeRefOf);
  const decided = await readDecided(
    tx,
    // What they earn as somebody's friend is their referral's, also for the same order.
    Prisma.sql`customer_id = ${advocate.customerId} AND program_id = ${advocate.programId}
      AND NOT (cause_kind = 'order' AND referral_id IS NOT NULL)
      AND (
        (cause_kind, cause_ref) IN (
          SELECT * FROM unnest(
            ${causes.map(({ kind }) => kind)}::text[], ${causes.map(({ ref }) => ref)}::text[]
          )
        ) OR cause_kind = ANY(${[...(lost?.kinds ?? [])]}::text[])
      )`,
  );
  const rewards = decided.rewards.filter(
    ({ causeRef: { kind, ref } }) => !lost?.except.has(`${kind}:${ref}`),
  );
  return {
    ...advocate,
    termsAt,
    reversedReferrals: await reversedAmong(
      tx,
      rewards.flatMap(({ causeRef: { kind, ref } }) => (kind === "second_level" ? [ref] : [])),
    ),
    person: people.get(advocate.customerId) ?? null,
    personThen: new Map(
      [...then].flatMap(([eventId, persons]) => {
        const person = persons.get(personKey(program.id, advocate.customerId));
        return person ? [[eventId, person] as const] : [];
      }),
    ),
    actions,
    rewards,
    refusals: decided.refusals,
  };
}

async function reversedAmong({ db, merchantId }: Tx, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.referral.findMany({
    where: { merchantId, id: { in: [...ids] }, state: "reversed" },
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
