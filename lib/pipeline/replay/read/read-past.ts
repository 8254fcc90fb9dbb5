import { type Db, Prisma } from "@/lib/core/db";
import { inScope, type Scope } from "@/lib/merchants/scope";
import type { ReferralState } from "@/lib/referrals/schema";
import { readOrders, readPeople } from "../../decide/facts";
import type { Wanted } from "./needs";
import { type FriendRecord, groupedBy, type History, type Moment, type Standing } from "./past";

type Scoped = Scope & { db: Db };
/**
 * What is gathered while reading: moments by event, so that one event that brings two things is one
 * moment.
 */
export type Reading = History & { events: Map<string, Extract<Moment, { kind: "event" }>> };

/** How many people are read at a time. */
export const CHUNK = 500;

/**
 * The program as a whole: what is read once. @returns how many advocates and friends there are to
 * read
 */
export async function begin(
  scope: Scope,
  { programId, fromAt, untilAt }: { programId: string; fromAt: Date; untilAt: Date },
  wanted: Wanted,
): Promise<{ reading: Reading; total: number }> {
  return inScope(scope, async (db, { merchantId, timeZone }) => {
    const program = await db.program.findUniqueOrThrow({
      where: { merchantId_id: { merchantId, id: programId } },
      select: { publishedAt: true, endedAt: true },
    });
    const { pointCostMilli } = await db.merchant.findUniqueOrThrow({
      where: { id: merchantId },
      select: { pointCostMilli: true },
    });
    const campaigns = await db.pointsCampaign.findMany({
      where: {
        merchantId,
        state: "active",
        startsAt: { lt: untilAt },
        endsAt: { gt: fromAt },
        OR: [{ programId: null }, { programId }],
      },
    });
    const [{ advocates, friends }] = await db.$queryRaw<[{ advocates: number; friends: number }]>`
      SELECT (SELECT count(*)::int FROM advocate WHERE merchant_id = ${merchantId} AND program_id = ${programId} AND joined_at < ${untilAt}) AS advocates,
        (SELECT count(*)::int FROM referral WHERE merchant_id = ${merchantId} AND program_id = ${programId} AND ${joined(fromAt, untilAt, wanted)}) AS friends`;
    return {
      total: advocates + friends,
      reading: {
        programId,
        fromAt,
        untilAt,
        publishedAt: program.publishedAt ?? fromAt,
        endedAt: program.endedAt,
        timeZone,
        pointCostMilli,
        campaigns,
        people: new Map(),
        tiers: new Map(),
        advocates: new Map(),
        friends: new Map(),
        orders: new Map(),
        given: new Set(),
        moments: [],
        events: new Map(),
      },
    };
  });
}

/** Friends of before the range matter only where somebody counts them. */
function joined(fromAt: Date, untilAt: Date, { counts }: Wanted): Prisma.Sql {
  return counts
    ? Prisma.sql`joined_at < ${untilAt}`
    : Prisma.sql`joined_at >= ${fromAt} AND joined_at < ${untilAt}`;
}

/**
 * The next advocates after `after`, with what they did themselves. @returns the last one's id and
 * how many they were
 */
export async function readAdvocates(
  scope: Scope,
  reading: Reading,
  wanted: Wanted,
  after: string,
): Promise<{ last: string; read: number }> {
  return inScope(scope, async (_, scope) => {
    const { db, merchantId } = scope;
    const { programId, fromAt, untilAt } = reading;
    const rows = await db.advocate.findMany({
      where: { merchantId, programId, joinedAt: { lt: untilAt }, id: { gt: after } },
      orderBy: { id: "asc" },
      take: CHUNK,
      select: { id: true, customerId: true, joinedAt: true, arm: true, experiment: true },
    });
    for (const { id, ...row } of rows) {
      reading.advocates.set(id, { advocateId: id, ...row });
      if (row.joinedAt >= fromAt)
        reading.moments.push({ at: row.joinedAt, key: id, kind: "join", advocateId: id });
    }
    const customers = rows.map(({ customerId }) => customerId);
    await addPeople(scope, reading, wanted, customers);
    if (wanted.ownPurchases) await addOrders(scope, reading, wanted, customers, fromAt);
    if (wanted.ownEvents.length > 0) await addEvents(scope, reading, customers, wanted.ownEvents);
    if (wanted.visits)
      await addVisits(
        scope,
        reading,
        rows.map(({ id }) => id),
      );
    return { last: rows.at(-1)?.id ?? "", read: rows.length };
  });
}

type FriendRow = Omit<FriendRecord, "isApproved" | "underReview" | "before"> & {
  approvedAt: Date | null;
  reviewAt: Date | null;
  rejectedAt: Date | null;
};

/** The next friends after `after`, with everything they did that a rule may ask for. */
export async function readFriends(
  scope: Scope,
  reading: Reading,
  wanted: Wanted,
  after: string,
): Promise<{ last: string; read: number }> {
  return inScope(scope, async (_, scope) => {
    const { db, merchantId } = scope;
    const { fromAt, untilAt } = reading;
    const rows = await db.$queryRaw<FriendRow[]>`
      SELECT r.id AS "referralId", r.friend_id AS "friendId", r.advocate_id AS "advocateId", r.code, r.attributed_by AS "attributedBy", r.channel,
        r.clicked_at AS "clickedAt", r.joined_at AS "joinedAt", r.approved_at AS "approvedAt", r.review_at AS "reviewAt", c.first_order_at AS "firstOrderAt",
        (SELECT s.event_id FROM referral_step s
          WHERE s.merchant_id = r.merchant_id AND s.referral_id = r.id AND s.state = 'joined' ORDER BY s.id LIMIT 1) AS "joinEventId",
        CASE WHEN r.state = 'rejected' AND r.reason <> 'existing_customer' THEN (SELECT max(s.at) FROM referral_step s
          WHERE s.merchant_id = r.merchant_id AND s.referral_id = r.id AND s.state = 'rejected') END AS "rejectedAt"
      FROM referral r JOIN customer c ON c.merchant_id = r.merchant_id AND c.id = r.friend_id
      WHERE r.merchant_id = ${merchantId} AND r.program_id = ${reading.programId} AND ${joined(fromAt, untilAt, wanted)} AND r.id > ${after}
      ORDER BY r.id LIMIT ${CHUNK}`;
    for (const { approvedAt, reviewAt, rejectedAt, ...row } of rows) {
      const isOld = row.joinedAt < fromAt;
      reading.friends.set(row.friendId, {
        ...row,
        isApproved: approvedAt !== null,
        underReview: reviewAt !== null,
        before: isOld ? { state: "joined", confirmedBy: null } : null,
      });
      if (isOld) continue;
      addEvent(reading, {
        eventId: row.joinEventId,
        customerId: row.friendId,
        type: "",
        at: row.joinedAt,
        country: null,
        channel: null,
        advocateId: null,
      }).begins = true;
      if (rejectedAt)
        reading.moments.push({
          at: rejectedAt,
          key: row.referralId,
          kind: "reject",
          friendId: row.friendId,
        });
    }
    const ids = rows.map(({ friendId }) => friendId);
    const recent = rows.filter(({ joinedAt }) => joinedAt >= fromAt);
    await addPeople(scope, reading, wanted, ids);
    const starts = recent.map(({ clickedAt, joinedAt }) =>
      Math.min(clickedAt?.getTime() ?? Infinity, joinedAt.getTime()),
    );
    if (recent.length > 0)
      await addOrders(
        scope,
        reading,
        wanted,
        recent.map(({ friendId }) => friendId),
        new Date(Math.min(...starts)),
      );
    if (wanted.goals.length > 0 || wanted.limited) {
      await addEvents(
        scope,
        reading,
        recent.map(({ friendId }) => friendId),
        wanted.limited ? null : wanted.goals,
      );
    }
    const old = rows.filter(({ joinedAt }) => joinedAt < fromAt);
    if (old.length > 0) await addCourses(scope, reading, wanted, old);
    return { last: rows.at(-1)?.referralId ?? "", read: rows.length };
  });
}

function addEvent(
  reading: Reading,
  {
    at,
    eventId,
    ...event
  }: {
    at: Date;
    eventId: string;
    customerId: string;
    type: string;
    country: string | null;
    channel: string | null;
    advocateId: string | null;
    isUnproven?: boolean;
  },
): Extract<Moment, { kind: "event" }> {
  const known = reading.events.get(eventId);
  if (known) {
    // Its beginning of a referral, or its order, was met first: that says nothing of what else it
    // was.
    if (event.type !== "") Object.assign(known, event);
    return known;
  }
  const moment: Extract<Moment, { kind: "event" }> = {
    kind: "event",
    at,
    key: eventId,
    eventId,
    ...event,
    orderId: null,
    begins: false,
  };
  reading.events.set(eventId, moment);
  reading.moments.push(moment);
  return moment;
}

async function addPeople(
  scope: Scoped,
  reading: Reading,
  { asked }: Wanted,
  ids: readonly string[],
): Promise<void> {
  for (const [id, person] of await readPeople(scope, asked, ids)) reading.people.set(id, person);
  const standings = await scope.db.customerTier.findMany({
    where: { merchantId: scope.merchantId, customerId: { in: [...ids] } },
    select: { customerId: true, tier: { select: { name: true, pointsMultiplierBp: true } } },
  });
  for (const { customerId, tier } of standings) reading.tiers.set(customerId, tier);
}

/**
 * Orders as they were bought, from `since` to the end of the range, and every refund of them until
 * then.
 */
async function addOrders(
  scope: Scoped,
  reading: Reading,
  { asked, ownPurchases }: Wanted,
  customers: readonly string[],
  since: Date,
): Promise<void> {
  const { db, merchantId } = scope;
  const such = Prisma.sql`o.customer_id = ANY(${[...customers]}::text[]) AND o.occurred_at >= ${since} AND o.occurred_at < ${reading.untilAt}`;
  const fresh = (await readOrders(scope, { ...asked, lines: false }, such)).filter(
    ({ orderId }) => !reading.orders.has(orderId),
  );
  const ids = fresh.map(({ orderId }) => orderId);
  const lines = asked.lines
    ? await db.orderLine.findMany({
        where: { merchantId, orderId: { in: ids } },
        orderBy: [{ orderId: "asc" }, { line: "asc" }],
      })
    : [];
  const linesOf = groupedBy(lines, ({ orderId }) => orderId);
  // All that were bought for something count, whenever that was.
  const numbered = await db.$queryRaw<{ id: string; customerId: string; number: number }[]>`
    SELECT o.id, o.customer_id AS "customerId", ${
      ownPurchases
        ? Prisma.sql`row_number() OVER (
        PARTITION BY o.customer_id, o.total_minor > 0 ORDER BY o.occurred_at, o.event_id)::int`
        : Prisma.sql`0`
    } AS number
    FROM shop_order o WHERE o.merchant_id = ${merchantId} AND o.customer_id = ANY(${[...customers]}::text[])
      AND (${ownPurchases} OR o.id = ANY(${ids}::text[]))`;
  const numberOf = new Map(numbered.map((row) => [row.id, row]));
  for (const order of fresh) {
    const own = linesOf.get(order.orderId) ?? [];
    const { customerId, number } = numberOf.get(order.orderId)!;
    reading.orders.set(order.orderId, {
      customerId,
      number,
      lines: own.map(({ line, quantity }) => ({ line, quantity })),
      bought: {
        ...order,
        remainingMinor: order.totalMinor,
        lines: asked.lines
          ? own.map(({ sku, category, totalMinor }) => ({
              sku,
              category,
              totalMinor,
              remainingMinor: totalMinor,
              cameBack: false,
            }))
          : null,
      },
    });
    const { eventId, occurredAt: at, country, channel } = order;
    addEvent(reading, {
      at,
      eventId,
      customerId,
      type: "purchase",
      country,
      channel,
      advocateId: null,
    }).orderId = order.orderId;
  }
  const refunds = await db.refund.findMany({
    where: { merchantId, orderId: { in: ids }, occurredAt: { lt: reading.untilAt } },
  });
  for (const { eventId, orderId, occurredAt, amountMinor, lines } of refunds) {
    const slices = (lines as { line: number; quantity: number; minor: string }[]).map((slice) => ({
      ...slice,
      minor: BigInt(slice.minor),
    }));
    // A refund that is dated before its order waits for it.
    const bought = reading.orders.get(orderId)!.bought.occurredAt;
    reading.moments.push({
      at: occurredAt > bought ? occurredAt : bought,
      key: `~${eventId}`,
      kind: "refund",
      refund: { orderId, minor: amountMinor, slices },
    });
  }
}

/** Other events of customers in the range; of all types where `types` is null. */
async function addEvents(
  scope: Scoped,
  reading: Reading,
  customers: readonly string[],
  types: readonly string[] | null,
): Promise<void> {
  const rows = await scope.db.$queryRaw<
    {
      eventId: string;
      customerId: string;
      type: string;
      at: Date;
      country: string | null;
      channel: string | null;
      advocateId: string | null;
      isUnproven: boolean;
    }[]
  >`
    SELECT o.event_id AS "eventId", o.customer_id AS "customerId", o.type, o.occurred_at AS at, e.advocate_id AS "advocateId",
      e.body->'context'->>'country' AS country, e.body->'context'->>'channel' AS channel, e.source = 'browser' AS "isUnproven"
    FROM event_outcome o JOIN event e ON e.merchant_id = o.merchant_id AND e.id = o.event_id
    WHERE o.merchant_id = ${scope.merchantId} AND o.customer_id = ANY(${[...customers]}::text[]) AND o.type NOT IN ('purchase', 'refund')
      AND o.occurred_at < ${reading.untilAt} AND (${types === null} OR o.type = ANY(${[...(types ?? [])]}::text[]))`;
  for (const row of rows) addEvent(reading, row);
}

/** The first visit of each browser to each advocate's links, but their own. */
async function addVisits(
  scope: Scoped,
  reading: Reading,
  advocates: readonly string[],
): Promise<void> {
  const visits = await scope.db.$queryRaw<
    { eventId: string; advocateId: string; visitorId: string; at: Date; channel: string | null }[]
  >`
    SELECT first.* FROM (
      SELECT DISTINCT ON (e.advocate_id, e.visitor_id) e.id AS "eventId", e.advocate_id AS "advocateId", e.visitor_id AS "visitorId",
        e.occurred_at AS at, e.channel
      FROM event e
      WHERE e.merchant_id = ${scope.merchantId} AND e.advocate_id = ANY(${[...advocates]}::text[]) AND e.type = 'click' AND e.visitor_id IS NOT NULL
      ORDER BY e.advocate_id, e.visitor_id, e.occurred_at, e.id
    ) first
    JOIN advocate a ON a.merchant_id = ${scope.merchantId} AND a.id = first."advocateId"
    WHERE first.at >= ${reading.fromAt} AND first.at < ${reading.untilAt} AND NOT EXISTS (SELECT FROM customer_visitor v
      WHERE v.merchant_id = ${scope.merchantId} AND v.visitor_id = first."visitorId" AND v.customer_id = a.customer_id)`;
  for (const visit of visits) reading.moments.push({ key: visit.eventId, kind: "visit", ...visit });
}

/**
 * How referrals of before the range went: confirmed by its beginning or not, and what became of
 * them in it.
 */
async function addCourses(
  scope: Scoped,
  reading: Reading,
  wanted: Wanted,
  rows: readonly FriendRow[],
): Promise<void> {
  const friendOf = new Map(
    rows.map(({ referralId, friendId }) => [referralId, reading.friends.get(friendId)!]),
  );
  const steps = await scope.db.referralStep.findMany({
    where: {
      merchantId: scope.merchantId,
      referralId: { in: rows.map(({ referralId }) => referralId) },
      at: { lt: reading.untilAt },
    },
    orderBy: { id: "asc" },
    select: { id: true, referralId: true, state: true, at: true, eventId: true },
  });
  const cause = new Map<string, { eventId: string; at: Date }>();
  for (const { id, referralId, state, at, eventId } of steps) {
    const friend = friendOf.get(referralId)!;
    if (state === "qualified" && eventId) cause.set(referralId, { eventId, at });
    const isConfirmed = state === "qualified" || state === "rewarded";
    const standing: Standing = {
      state: isConfirmed ? "qualified" : (state as ReferralState),
      confirmedBy: isConfirmed ? (cause.get(referralId) ?? null) : null,
    };
    if (at < reading.fromAt) friend.before = standing;
    else
      reading.moments.push({ at, key: id, kind: "course", friendId: friend.friendId, ...standing });
  }
  await addOrders(
    scope,
    reading,
    wanted,
    rows.map(({ friendId }) => friendId),
    reading.fromAt,
  );
}

/**
 * What rewards that no run decides have used of the limits: those of friends who came, and of
 * doings, before the range.
 */
export async function readUse(scope: Scope, reading: Reading): Promise<void> {
  await inScope(scope, async (db, { merchantId }) => {
    let after = "";
    for (;;) {
      const rewards = await db.$queryRaw<
        {
          id: string;
          ruleId: string;
          causeKey: string;
          customerId: string;
          advocateId: string | null;
          earnedAt: Date;
        }[]
      >`
        SELECT w.id, w.rule_id AS "ruleId", w.cause_key AS "causeKey", w.customer_id AS "customerId", w.advocate_id AS "advocateId", w.earned_at AS "earnedAt"
        FROM reward w LEFT JOIN referral r ON r.merchant_id = w.merchant_id AND r.id = w.referral_id
        WHERE w.merchant_id = ${merchantId} AND w.program_id = ${reading.programId} AND w.terms->'given' IS NULL
          AND (w.earned_at < ${reading.fromAt} OR r.joined_at < ${reading.fromAt}) AND w.earned_at < ${reading.untilAt} AND w.id > ${after}
        ORDER BY w.id LIMIT ${2 * CHUNK}`;
      const steps = await db.rewardStep.findMany({
        where: {
          merchantId,
          rewardId: { in: rewards.map(({ id }) => id) },
          at: { lt: reading.untilAt },
        },
        orderBy: { id: "asc" },
        select: { id: true, rewardId: true, state: true, at: true, costMinor: true },
      });
      const stepsOf = groupedBy(steps, ({ rewardId }) => rewardId);
      for (const { id, causeKey, ...use } of rewards) {
        reading.given.add(`${use.ruleId} ${causeKey} ${use.customerId}`);
        let stood = false;
        for (const step of stepsOf.get(id) ?? []) {
          const stands = step.state !== "voided" && step.state !== "reversed";
          const rewards = Number(stands) - Number(stood);
          stood = stands;
          if (rewards !== 0 || step.costMinor !== 0n) {
            reading.moments.push({
              at: step.at,
              key: step.id,
              kind: "use",
              ...use,
              rewards,
              costMinor: step.costMinor,
            });
          }
        }
      }
      if (rewards.length < 2 * CHUNK) return;
      after = rewards.at(-1)!.id;
    }
  });
}
