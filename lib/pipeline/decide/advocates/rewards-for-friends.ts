import { type Db, Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import { watchesOf } from "@/lib/terms/rules/applying";
import type { Terms } from "@/lib/terms/schema";
import { lockReferral } from "@/lib/referrals/commands";
import { askedBy } from "@/lib/terms/rules/asked";
import { completeReferral, reinstateReward, reverseReward } from "@/lib/rewards/commands";
import { type Doing, type Due, dueOfDoing, type Friend, milestoneOf } from "@/lib/rewards/due";
import { grant } from "../advance-referrals";
import { armOf } from "../arms";
import type { Decision } from "../../intake/stored-event";
import { readOrders, readPeople } from "../facts";
import { armTerms, type PublishedProgram, versionAt } from "../terms-in-effect";
import { addDecisions, refusedFor } from "./decisions";
import type { LoadedAdvocate } from "./with-advocate";

type Scoped = Scope & { db: Db };

/** A reward of this advocate that rests on their friends. */
type Standing = {
  id: string;
  ruleId: string;
  causeKey: string;
  state: string;
  reason: string;
  referralId: string | null;
};

/** A confirmed referral with its number among the advocate's, by when they were confirmed. */
type Confirmed = {
  id: string;
  number: number;
  friendId: string;
  channel: string | null;
  clickedAt: Date | null;
  joinedAt: Date;
  at: Date;
  eventId: string;
  isNewCustomer: boolean;
  underReview: boolean;
};

const GONE = ["voided", "reversed"];

/**
 * Brings the rewards that rest on an advocate's confirmed friends, and on those friends' friends,
 * to where the facts on record lead: grants what a milestone reached or a friend's friend calls
 * for, takes back what no longer stands, and gives back what stands again. It counts all of them
 * anew each time, so it does not matter in which order they came.
 */
export async function settleFriends(
  scope: Scoped,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
): Promise<void> {
  const watched = new Set(program.versions.flatMap(({ terms }) => watchesOf(terms)));
  const { db, merchantId } = scope;
  const rewards: Standing[] = await db.reward.findMany({
    where: {
      merchantId,
      advocateId: advocate.id,
      programId: program.id,
      OR: [{ causeKey: { startsWith: "milestone:" } }, { causeKey: { startsWith: "second:" } }],
    },
    select: { id: true, ruleId: true, causeKey: true, state: true, reason: true, referralId: true },
    orderBy: { id: "asc" },
  });
  const count = await countConfirmed(scope, advocate);
  const seconds = watched.has("second_level") ? await secondLevel(scope, advocate) : [];
  const known = new Set(rewards.map(({ ruleId, causeKey }) => `${ruleId} ${causeKey}`));
  const due = [
    ...(await dueOf(
      scope,
      advocate,
      program,
      known,
      await reached(scope, advocate, program, known, count),
      "confirmed",
    )),
    ...(await dueOf(
      scope,
      advocate,
      program,
      known,
      seconds.filter(({ id }) => isNew(rewards, program, id)),
      "second_level",
    )),
  ];
  // Referrals before rewards, rewards before budgets: the order in which everything locks them.
  for (const id of due.flatMap(({ referralId }) => referralId ?? []).toSorted())
    await lockReferral(db, merchantId, id);

  const standing = new Set(seconds.map(({ id }) => id));
  const changes = rewards.flatMap(({ id, causeKey, referralId, state, reason }) => {
    const milestone = milestoneOf(causeKey);
    const stands =
      milestone === null ? referralId !== null && standing.has(referralId) : milestone <= count;
    if (!stands && !GONE.includes(state)) return { id, to: "back" as const };
    return stands && GONE.includes(state) && reason === "count_fell"
      ? { id, to: "hold" as const }
      : [];
  });
  // All of them before the first one's budget: whoever holds a budget waits for no reward.
  if (changes.length > 1) {
    await db.$queryRaw`
      SELECT 1 FROM reward WHERE merchant_id = ${merchantId} AND id = ANY(${changes.map(({ id }) => id)}::text[]) ORDER BY id FOR NO KEY UPDATE`;
  }
  for (const { id, to } of changes) {
    if (to === "back") await reverseReward(scope, id, "count_fell");
    else await reinstateReward(scope, id, "count_rose");
  }
  for (const one of due) {
    const decisions: Decision[] = [];
    await grant(
      scope,
      one.due,
      {
        terms: one.terms,
        program: { id: program.id, version: one.version },
        advocateId: advocate.id,
        customerId: advocate.customerId,
        arm: one.arm,
        referral:
          one.referralId === null ? null : { id: one.referralId, underReview: one.underReview },
      },
      decisions,
    );
    if (one.referralId !== null) await completeReferral(scope, one.referralId);
    await addDecisions(scope, one.due.cause.eventId!, decisions);
  }
}

/** How many confirmed referrals count for a milestone: those that nobody has to look at first. */
async function countConfirmed({ db, merchantId }: Scoped, { id }: LoadedAdvocate): Promise<number> {
  return db.referral.count({
    where: { merchantId, advocateId: id, state: { in: ["qualified", "rewarded"] }, reviewAt: null },
  });
}

/**
 * The referrals that made a milestone full of which no reward is known, as far as they are
 * confirmed today.
 */
async function reached(
  scope: Scoped,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
  known: ReadonlySet<string>,
  count: number,
): Promise<Confirmed[]> {
  const numbers = new Set<number>();
  for (const { id, on } of program.versions.flatMap(({ terms }) => terms.rules)) {
    if (on.kind !== "milestone") continue;
    for (let number = on.count; number <= count; number += on.repeats ? on.count : Infinity) {
      if (!known.has(`${id} milestone:${number}`)) numbers.add(number);
    }
  }
  if (numbers.size === 0) return [];
  return scope.db.$queryRaw<Confirmed[]>`
    WITH confirmed AS (
      SELECT r.*, row_number() OVER (ORDER BY r.qualified_at, r.id)::int AS number FROM referral r
      WHERE r.merchant_id = ${scope.merchantId} AND r.advocate_id = ${advocate.id} AND r.state IN ('qualified', 'rewarded') AND r.review_at IS NULL
    )
    ${SELECT_CONFIRMED} FROM confirmed r ${JOIN_CAUSE} WHERE r.number = ANY(${[...numbers]}::int[]) ORDER BY r.number`;
}

/**
 * The confirmed friends whom the advocate's friends brought since they came themselves. A friend
 * who was turned down brings nobody; one who ran out of time or sent the order back has lost that,
 * not being a friend.
 */
async function secondLevel(scope: Scoped, advocate: LoadedAdvocate): Promise<Confirmed[]> {
  return scope.db.$queryRaw<Confirmed[]>`
    WITH second AS (
      SELECT r.*, 0 AS number FROM referral up
      JOIN advocate b ON b.merchant_id = up.merchant_id AND b.customer_id = up.friend_id AND b.program_id = up.program_id
      JOIN referral r ON r.merchant_id = b.merchant_id AND r.advocate_id = b.id
      WHERE up.merchant_id = ${scope.merchantId} AND up.advocate_id = ${advocate.id}
        AND up.state IN ('joined', 'expired', 'qualified', 'rewarded', 'reversed')
        AND r.state IN ('qualified', 'rewarded') AND r.joined_at >= up.joined_at AND r.friend_id <> ${advocate.customerId}
    )
    ${SELECT_CONFIRMED} FROM second r ${JOIN_CAUSE} ORDER BY r.qualified_at, r.id`;
}

const SELECT_CONFIRMED = Prisma.sql`
  SELECT r.id, r.number, r.friend_id AS "friendId", r.channel, r.clicked_at AS "clickedAt", r.joined_at AS "joinedAt", r.qualified_at AS at,
    s.event_id AS "eventId", r.review_at IS NOT NULL AS "underReview",
    (c.first_order_at < LEAST(r.clicked_at, r.joined_at)) IS NOT TRUE AS "isNewCustomer"`;
const JOIN_CAUSE = Prisma.sql`
  JOIN customer c ON c.merchant_id = r.merchant_id AND c.id = r.friend_id
  JOIN LATERAL (
    SELECT s.event_id FROM referral_step s
    WHERE s.merchant_id = r.merchant_id AND s.referral_id = r.id AND s.state = 'qualified' AND s.event_id IS NOT NULL
    ORDER BY s.id DESC LIMIT 1
  ) s ON true`;

function isNew(
  rewards: readonly Standing[],
  { versions }: PublishedProgram,
  referralId: string,
): boolean {
  const rules = new Set(
    versions
      .flatMap(({ terms }) => terms.rules)
      .filter(({ on }) => on.kind === "second_level")
      .map(({ id }) => id),
  );
  return rewards.filter((reward) => reward.referralId === referralId).length < rules.size;
}

type DueFriend = {
  due: Due;
  terms: Terms;
  version: number;
  arm: string | null;
  referralId: string | null;
  underReview: boolean;
};

/**
 * What confirmed referrals call for under the terms that were in force when each was confirmed;
 * without what was refused before.
 */
async function dueOf(
  scope: Scoped,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
  known: ReadonlySet<string>,
  referrals: readonly Confirmed[],
  kind: "confirmed" | "second_level",
): Promise<DueFriend[]> {
  if (referrals.length === 0) return [];
  const refused = await refusedFor(
    scope,
    referrals.map(({ eventId }) => eventId),
  );
  const found: DueFriend[] = [];
  for (const referral of referrals) {
    const { version, terms: all } = versionAt(program, referral.at);
    if (!watchesOf(all).includes(kind === "confirmed" ? "milestone" : "second_level")) continue;
    const arm = await armOf(scope, advocate.id, all);
    const terms = armTerms(all, arm);
    const people = await readPeople(scope, askedBy(terms), [
      advocate.customerId,
      referral.friendId,
    ]);
    const [order = null] = await readOrders(
      scope,
      askedBy(terms),
      Prisma.sql`o.event_id = ${referral.eventId}`,
    );
    const friend: Friend = {
      referralId: referral.id,
      eventId: referral.eventId,
      order,
      at: referral.at,
      friend: people.get(referral.friendId) ?? null,
      channel: referral.channel,
      clickedAt: referral.clickedAt,
      joinedAt: referral.joinedAt,
      isNewCustomer: referral.isNewCustomer,
    };
    const doing: Doing =
      kind === "confirmed"
        ? { kind, number: referral.number, referral: friend }
        : { kind, referral: friend };
    const due = dueOfDoing(terms, doing, {
      timeZone: scope.timeZone,
      joinedAt: advocate.joinedAt,
      advocate: people.get(advocate.customerId) ?? null,
      confirmedReferrals: advocate.qualifiedCount,
    });
    const fresh = due.filter(
      ({ rule, causeKey }) =>
        !known.has(`${rule.id} ${causeKey}`) && !refused.has(`${rule.id} ${causeKey}`),
    );
    found.push(
      ...fresh.map((due) => ({
        due,
        terms,
        version,
        arm,
        referralId: kind === "confirmed" ? null : referral.id,
        underReview: kind === "second_level" && referral.underReview,
      })),
    );
  }
  return found;
}
