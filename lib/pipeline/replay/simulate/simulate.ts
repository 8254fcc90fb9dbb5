import { switchedOn } from "@/lib/terms/rules/applying";
import { countsFor } from "@/lib/terms/rules/asked";
import type { Terms } from "@/lib/terms/schema";
import type { Action } from "@/lib/terms/facts/actions";
import type { AdvocateRecord, Moment, Past } from "../read/past";
import type { GrantedRewards } from "./granted-rewards";
import { refundOrder } from "./orders";
import { settleAdvocateOf, settleFriendOf, settleFriendsOf } from "./settle";
import { type Run, type RunOrder, startRun, startsReferral } from "./state";

/**
 * Runs terms over the past, moment by moment, as the pipeline would have done if they had been
 * published when the range began. The pipeline's own decisions decide; only reading and storing
 * happen in memory here. Refunds reverse all that they undo: what people would have spent by then
 * is not known.
 * @returns the rewards at the end of the range; yields now and then, so that others get their turn
 */
export function* simulate(past: Past, published: Terms): Generator<void, GrantedRewards> {
  const run = startRun(past, switchedOn(published));
  for (const [index, moment] of past.moments.entries()) {
    apply(run, moment);
    if (index % 2_000 === 1_999) yield;
  }
  return run.granted;
}

function apply(run: Run, moment: Moment): void {
  const { past, granted } = run;
  switch (moment.kind) {
    case "event":
      return applyEvent(run, moment);
    case "refund":
      return applyRefund(run, moment);
    case "visit": {
      const { kind, advocateId, at, eventId, visitorId, channel } = moment;
      const visit = { kind, at, eventId, visitorId, channel };
      return settleAdvocateOf(run, past.advocates.get(advocateId)!, [visit]);
    }
    case "join": {
      const { kind, advocateId, at } = moment;
      return settleAdvocateOf(run, past.advocates.get(advocateId)!, [{ kind, at }]);
    }
    case "reject": {
      const friend = run.friends.get(moment.friendId)!;
      if (friend.state === "absent") return;
      const hadQualified = friend.state === "qualified";
      Object.assign(friend, { state: "rejected", reason: "by_hand" });
      settleFriendOf(run, friend, moment.at);
      return settleFriendsOf(run, friend, hadQualified ? -1 : 0);
    }
    case "outcome":
      return applyOutcome(run, moment);
    case "limit_use":
      return granted.countUse(moment);
  }
}

type MomentOf<Kind extends Moment["kind"]> = Extract<Moment, { kind: Kind }>;

/** What became of a referral from before the range: it goes the same way in every run. */
function applyOutcome(run: Run, { friendId, state, qualifiedBy }: MomentOf<"outcome">): void {
  const friend = run.friends.get(friendId)!;
  const change = Number(state === "qualified") - Number(friend.state === "qualified");
  Object.assign(friend, { state, qualifiedBy });
  settleFriendsOf(run, friend, change);
}

function applyEvent(run: Run, moment: MomentOf<"event">): void {
  const { customerId, eventId, at, type, country, orderId } = moment;
  if (orderId !== null) addOrder(run, orderId);
  const friend = run.friends.get(customerId);
  if (friend && friend.before === null) {
    if (moment.startsReferral && startsReferral(run, friend)) friend.state = "joined";
    if (orderId === null && type !== "" && moment.counts !== false)
      friend.goals.push({ type, eventId, occurredAt: at, country });
    settleFriendOf(run, friend, at);
  }
  const advocate = run.advocateOf.get(customerId);
  if (advocate) settleAdvocateOf(run, advocate, ownActions(run, advocate, moment));
}

function applyRefund(run: Run, { refund, at }: MomentOf<"refund">): void {
  const order = refundOrder(run, refund);
  const friend = run.friends.get(order.record.customerId);
  if (friend && friend.before === null) settleFriendOf(run, friend, at);
  const advocate = run.advocateOf.get(order.record.customerId);
  if (advocate) settleAdvocateOf(run, advocate, purchasesOf(run, advocate, order));
}

function addOrder(run: Run, orderId: string): void {
  const record = run.past.orders.get(orderId)!;
  const order: RunOrder = { record, fact: record.bought, refunds: [] };
  run.orders.set(orderId, order);
  const known = run.ordersOf.get(record.customerId);
  if (known) known.push(order);
  else run.ordersOf.set(record.customerId, [order]);
}

/** What an event of an advocate's own makes due: see `settleOwnActions`. */
function ownActions(run: Run, advocate: AdvocateRecord, moment: MomentOf<"event">): Action[] {
  const { eventId, at, type, country, channel, orderId } = moment;
  if (orderId !== null) return purchasesOf(run, advocate, run.orders.get(orderId)!);
  const isTheirs = moment.advocateId === null || moment.advocateId === advocate.advocateId;
  return type !== "" && moment.earns !== false && isTheirs
    ? [{ kind: "event", type, eventId, at, country, channel }]
    : [];
}

/** That purchase, or all of them where rules ask which one it is. */
function purchasesOf(run: Run, { customerId }: AdvocateRecord, order: RunOrder): Action[] {
  const asksForNumbers = run.terms.rules.some((rule) => countsFor(rule, "own_purchases"));
  const orders = asksForNumbers ? (run.ordersOf.get(customerId) ?? []) : [order];
  return orders.map(({ fact, record }) => ({
    kind: "purchase",
    order: fact,
    number: record.number,
  }));
}
