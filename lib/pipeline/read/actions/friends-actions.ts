import { Prisma } from "@/lib/core/db";
import type { Tx } from "@/lib/merchants/scope";
import type { Action, QualifiedReferral } from "@/lib/terms/facts/actions";
import { milestonesOf, watchesOf } from "@/lib/terms/rules/applying";
import type { LoadedAdvocate } from "../advocates";
import { readOrders } from "../orders";
import { readPeople } from "../people";
import type { PublishedProgram } from "../terms-in-effect";

/** What an advocate's friends make of them. */
type FriendsActions = {
  /** Those that are new, or rest on another event than when they were decided. */
  actions: Action[];
  /** Causes that are as they were when they were decided, as "<kind>:<ref>". */
  unchanged: Set<string>;
};

/**
 * Reads the milestones that an advocate's qualified referrals reach, and the friends whom their
 * friends brought. All of it is counted each time, so the order in which facts came does not
 * matter; only what is not decided yet, or has changed, is read in full.
 * @param changedEventIds events whose orders were refunded or stated anew
 */
export async function readFriendsActions(
  tx: Tx,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
  changedEventIds: readonly string[],
): Promise<FriendsActions> {
  const watched = new Set(program.versions.flatMap(({ terms }) => watchesOf(terms)));
  const decided = await decidedCauses(tx, advocate);
  const milestones = watched.has("milestone") ? await qualifiedByNumber(tx, advocate, program) : [];
  const seconds = watched.has("second_level") ? await secondLevel(tx, advocate) : [];
  const isUnchanged = ({ kind, ref, eventId }: Found) =>
    decided.has(`${kind}:${ref}:${eventId}`) && !changedEventIds.includes(eventId);
  const found = [...milestones, ...seconds];
  const referrals = await withDetails(
    tx,
    program,
    found.filter((one) => !isUnchanged(one)),
  );
  return {
    actions: referrals,
    unchanged: new Set(found.filter(isUnchanged).map(({ kind, ref }) => `${kind}:${ref}`)),
  };
}

/** A qualified referral, and what it makes of the advocate. */
type Found = {
  kind: "milestone" | "second_level";
  ref: string;
  id: string;
  number: number;
  friendId: string;
  channel: string | null;
  clickedAt: Date | null;
  joinedAt: Date;
  at: Date;
  recordedAt: Date;
  eventId: string;
  isNewCustomer: boolean;
  underReview: boolean;
};

/** What stands decided, as "<kind>:<ref>:<event>": granted, refused, or voided by staff. */
async function decidedCauses(
  { db, merchantId }: Tx,
  { customerId, programId }: LoadedAdvocate,
): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ cause: string }[]>`
    SELECT cause_kind || ':' || cause_ref || ':' || event_id AS cause FROM reward
    WHERE merchant_id = ${merchantId} AND customer_id = ${customerId}
      AND program_id = ${programId} AND source = 'rule'
      AND cause_kind IN ('milestone', 'second_level')
      AND (state NOT IN ('voided', 'reversed') OR reversal_reason = 'voided_by_staff')
    UNION
    SELECT cause_kind || ':' || cause_ref || ':' || event_id FROM reward_refusal
    WHERE merchant_id = ${merchantId} AND customer_id = ${customerId}
      AND program_id = ${programId} AND cause_kind IN ('milestone', 'second_level')`;
  return new Set(rows.map(({ cause }) => cause));
}

/**
 * The referrals at which a milestone is reached, by the order in which the referrals that count
 * today qualified: those without a pending review.
 */
async function qualifiedByNumber(
  { db, merchantId }: Tx,
  { id }: LoadedAdvocate,
  program: PublishedProgram,
): Promise<Found[]> {
  const count = await db.referral.count({
    where: { merchantId, advocateId: id, state: { in: ["qualified", "rewarded"] }, reviewAt: null },
  });
  const numbers = new Set(
    program.versions
      .flatMap(({ terms }) => terms.rules)
      .flatMap((rule) => milestonesOf(rule, count)),
  );
  if (numbers.size === 0) return [];
  return db.$queryRaw<Found[]>`
    WITH qualified AS (
      SELECT r.*, row_number() OVER (ORDER BY r.qualified_at, r.id)::int AS number FROM referral r
      WHERE r.merchant_id = ${merchantId} AND r.advocate_id = ${id}
        AND r.state IN ('qualified', 'rewarded') AND r.review_at IS NULL
    )
    SELECT 'milestone' AS kind, r.number::text AS ref, ${FOUND} FROM qualified r ${JOIN_CAUSE}
    WHERE r.number = ANY(${[...numbers]}::int[]) ORDER BY r.number`;
}

/**
 * The qualified friends that the advocate's own friends brought after they came themselves. A
 * friend who is rejected, or only claimed, brings nobody; one whose referral expired or was
 * reversed is a friend still.
 */
async function secondLevel(
  { db, merchantId }: Tx,
  { id, customerId }: LoadedAdvocate,
): Promise<Found[]> {
  return db.$queryRaw<Found[]>`
    WITH second AS (
      SELECT DISTINCT ON (r.id) r.*, 0 AS number FROM referral up
      JOIN advocate b ON b.merchant_id = up.merchant_id AND b.customer_id = up.friend_id
        AND b.program_id = up.program_id
      JOIN referral r ON r.merchant_id = b.merchant_id AND r.advocate_id = b.id
      WHERE up.merchant_id = ${merchantId} AND up.advocate_id = ${id}
        AND up.state IN ('joined', 'expired', 'qualified', 'rewarded', 'reversed')
        AND up.proven_at IS NOT NULL
        AND r.state IN ('qualified', 'rewarded') AND r.joined_at >= up.joined_at
        AND r.friend_id <> ${customerId}
    )
    SELECT 'second_level' AS kind, r.id AS ref, ${FOUND} FROM second r ${JOIN_CAUSE}
    ORDER BY r.qualified_at, r.id`;
}

const FOUND = Prisma.sql`
  r.id, r.number, r.friend_id AS "friendId", r.channel, r.clicked_at AS "clickedAt",
  r.joined_at AS "joinedAt", r.qualified_at AS at, s.event_id AS "eventId",
  s.recorded_at AS "recordedAt",
  r.review_at IS NOT NULL AS "underReview",
  (c.first_order_at < LEAST(r.clicked_at, r.joined_at)) IS NOT TRUE AS "isNewCustomer"`;
const JOIN_CAUSE = Prisma.sql`
  JOIN customer c ON c.merchant_id = r.merchant_id AND c.id = r.friend_id
  JOIN LATERAL (
    SELECT s.event_id, e.recorded_at FROM referral_step s
    JOIN event e ON e.merchant_id = s.merchant_id AND e.id = s.event_id
    WHERE s.merchant_id = r.merchant_id AND s.referral_id = r.id
      AND s.state = 'qualified' AND s.event_id IS NOT NULL
    ORDER BY s.id DESC LIMIT 1
  ) s ON true`;

async function withDetails(
  tx: Tx,
  { asked }: PublishedProgram,
  found: readonly Found[],
): Promise<Action[]> {
  if (found.length === 0) return [];
  const people = await readPeople(
    tx,
    asked,
    found.map(({ friendId }) => friendId),
  );
  const orders = await readOrders(
    tx,
    asked,
    Prisma.sql`o.event_id = ANY(${found.map(({ eventId }) => eventId)}::text[])
      AND o.customer_id = ANY(${found.map(({ friendId }) => friendId)}::text[])`,
  );
  const orderOf = new Map(orders.map((order) => [order.eventId, order]));
  return found.map(({ kind, id, number, friendId, ...details }): Action => {
    const referral: QualifiedReferral = {
      ...details,
      referralId: id,
      order: orderOf.get(details.eventId) ?? null,
      friend: people.get(friendId) ?? null,
    };
    return kind === "milestone"
      ? { kind: "qualified", number, referral }
      : { kind: "second_level", referral };
  });
}
