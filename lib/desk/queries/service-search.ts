import type { Db } from "@/lib/core/db";
import { trimUnseen } from "@/lib/core/values/invisible";
import { inScope, requirePermission, type Scope, type Tx } from "@/lib/merchants/scope";
import { type RewardRow, rewardsOfCustomer } from "@/lib/rewards/queries/rewards";
import type { Decision } from "@/lib/pipeline/decide/decision";
import { findHits, type Hit, type Match, MATCHES, MOST_PEOPLE } from "./hits";

/** An order that was asked for, with each decision about it and its reason. */
export type FoundOrder = {
  id: string;
  occurredAt: Date;
  totalMinor: bigint;
  refundedMinor: bigint;
  eventId: string;
  decisions: Decision[];
};

export type FoundPerson = {
  customerId: string;
  name: string | null;
  email: string | null;
  externalId: string | null;
  matches: Match[];
  /** Their rewards: first the one that was asked for, then the newest. */
  rewards: RewardRow[];
  /** Whether they have more rewards than these. */
  hasMoreRewards: boolean;
  order: FoundOrder | null;
  /** The referrals in which they are the friend. */
  referrals: {
    id: string;
    state: string;
    programName: string;
    advocateName: string | null;
    underReview: boolean;
  }[];
};

const MOST_REWARDS = 5;

/**
 * Finds customers by whatever they say when they ask where their reward is: email address, name,
 * id, order, coupon, share code, referral or reward. Every search uses an index; names and email
 * addresses are found by their beginning.
 * @returns at most ten people, each with their rewards
 */
export async function serviceSearch(scope: Scope, text: string): Promise<FoundPerson[]> {
  requirePermission(scope, "customer.read");
  const query = trimUnseen(text);
  if (query.length < 2) return [];
  return inScope(scope, async (tx) => {
    const hits = await findHits(tx.db, tx.merchantId, query);
    const ids = [...new Set(hits.map(({ customerId }) => customerId))].slice(0, MOST_PEOPLE);
    const customers = await tx.db.customer.findMany({
      where: { merchantId: tx.merchantId, id: { in: ids } },
      select: { id: true, name: true, email: true, externalId: true },
    });
    const byId = new Map(customers.map((customer) => [customer.id, customer]));
    const people: FoundPerson[] = [];
    for (const id of ids) {
      const own = hits.filter(({ customerId }) => customerId === id);
      people.push(await describe(tx, byId.get(id)!, own));
    }
    return people;
  });
}

async function describe(
  tx: Tx,
  customer: { id: string; name: string | null; email: string | null; externalId: string | null },
  hits: readonly Hit[],
): Promise<FoundPerson> {
  const { merchantId } = tx;
  const newest = await rewardsOfCustomer(tx, { customerId: customer.id, limit: 200 });
  const orderId = hits.find((hit) => hit.orderId !== null)?.orderId ?? null;
  const wanted = new Set(hits.map(({ rewardId }) => rewardId));
  const isAskedFor = (reward: RewardRow) =>
    wanted.has(reward.id) || (orderId !== null && reward.orderId === orderId);
  const rewards = newest.toSorted(
    (left, right) => Number(isAskedFor(right)) - Number(isAskedFor(left)),
  );
  const referrals = await tx.db.referral.findMany({
    where: { merchantId, friendId: customer.id },
    orderBy: { createdAt: "desc" },
    take: 5,
    select: {
      id: true,
      state: true,
      reviewAt: true,
      program: { select: { name: true } },
      advocate: { select: { customer: { select: { name: true } } } },
    },
  });
  return {
    customerId: customer.id,
    name: customer.name,
    email: customer.email,
    externalId: customer.externalId,
    matches: MATCHES.filter((match) => hits.some((hit) => hit.match === match)),
    rewards: rewards.slice(0, MOST_REWARDS),
    hasMoreRewards: rewards.length > MOST_REWARDS,
    order: orderId === null ? null : await orderOf(tx.db, merchantId, orderId),
    referrals: referrals.map(({ id, state, reviewAt, program, advocate }) => ({
      id,
      state,
      programName: program.name,
      advocateName: advocate.customer.name,
      underReview: reviewAt !== null,
    })),
  };
}

async function orderOf(db: Db, merchantId: string, id: string): Promise<FoundOrder | null> {
  const order = await db.order.findUnique({
    where: { merchantId_id: { merchantId, id } },
    select: { id: true, occurredAt: true, totalMinor: true, refundedMinor: true, eventId: true },
  });
  if (!order) return null;
  const outcome = await db.eventOutcome.findUnique({
    where: { merchantId_eventId: { merchantId, eventId: order.eventId } },
    select: { decisions: true },
  });
  return { ...order, decisions: (outcome?.decisions ?? []) as unknown as Decision[] };
}
