import { switchedOn } from "@/lib/terms/rules/applying";
import type { Terms } from "@/lib/terms/schema";
import { type Action } from "@/lib/terms/facts/actions";
import { dueOfAction } from "@/lib/terms/rules/due";
import type { AdvocateRecord, Moment, Past } from "../read/past";
import { advance, countQualified, type SettleFriends } from "./advance";
import { advocateContext, grant, termsOf } from "./facts";
import { friendsSettler } from "./friends";
import type { GrantedRewards } from "./granted-rewards";
import { refundOrder } from "./refunds";
import { isWithin, type Run, type RunOrder, startRun, startsReferral } from "./state";

/**
 * Runs terms over the past, moment by moment, as the pipeline would have done if they had been
 * published when the range began. The pipeline's own rules decide; only reading and storing happen
 * in memory here. Refunds reverse all that they undo: what people would have spent by then is not
 * known.
 * @returns the rewards at the end of the range; yields now and then, so that others get their turn
 */
export function* simulate(past: Past, published: Terms): Generator<void, GrantedRewards> {
  const run = startRun(past, switchedOn(published));
  const settleFriends = friendsSettler(run);
  for (const [index, moment] of past.moments.entries()) {
    apply(run, moment, settleFriends);
    if (index % 2_000 === 1_999) yield;
  }
  return run.granted;
}

function apply(run: Run, moment: Moment, settleFriends: SettleFriends): void {
  const { past, granted } = run;
  switch (moment.kind) {
    case "event":
      return applyEvent(run, moment, settleFriends);
    case "refund":
      return refundOrder(run, moment, settleFriends);
    case "visit": {
      const { kind, advocateId, at, eventId, visitorId, channel } = moment;
      const visit = { kind, at, eventId, visitorId, channel };
      return rewardAction(run, past.advocates.get(advocateId)!, visit);
    }
    case "join": {
      const { kind, advocateId, at } = moment;
      return rewardAction(run, past.advocates.get(advocateId)!, { kind, at });
    }
    case "reject":
      return applyRejection(run, moment, settleFriends);
    case "outcome":
      return applyOutcome(run, moment, settleFriends);
    case "limit_use":
      return granted.countUse(moment);
  }
}

type MomentOf<Kind extends Moment["kind"]> = Extract<Moment, { kind: Kind }>;

function applyRejection(
  run: Run,
  { friendId }: MomentOf<"reject">,
  settleFriends: SettleFriends,
): void {
  const friend = run.friends.get(friendId)!;
  if (friend.state === "absent") return;
  const hadQualified = friend.state === "qualified";
  friend.state = "rejected";
  run.granted.reverseReferral(friend.referralId, "The referral was rejected.");
  if (hadQualified) countQualified(run, friend, -1);
  settleFriends(friend);
}

function applyOutcome(
  run: Run,
  { friendId, state, qualifiedBy }: MomentOf<"outcome">,
  settleFriends: SettleFriends,
): void {
  const friend = run.friends.get(friendId)!;
  const hadQualified = friend.state === "qualified";
  Object.assign(friend, { state, qualifiedBy });
  if (state === "qualified" && !hadQualified) countQualified(run, friend, 1);
  if (state !== "qualified" && hadQualified) countQualified(run, friend, -1);
  settleFriends(friend);
}

function applyEvent(run: Run, moment: MomentOf<"event">, settleFriends: SettleFriends): void {
  const { customerId, eventId, at, type, country, channel, orderId } = moment;
  if (orderId !== null) addOrder(run, orderId);
  const friend = run.friends.get(customerId);
  if (friend && friend.before === null) {
    if (moment.startsReferral && startsReferral(run, friend)) friend.state = "joined";
    if (orderId === null && type !== "")
      friend.goals.push({ type, eventId, occurredAt: at, country });
    advance(run, friend, at, settleFriends);
  }
  const advocate = run.advocateOf.get(customerId);
  if (!advocate) return;
  if (orderId !== null) {
    const { fact, record } = run.orders.get(orderId)!;
    if (fact.totalMinor > 0n)
      rewardAction(run, advocate, { kind: "purchase", order: fact, number: record.number });
  } else if (
    type !== "" &&
    !moment.isUnproven &&
    (moment.advocateId === null || moment.advocateId === advocate.advocateId)
  ) {
    rewardAction(run, advocate, { kind: "event", type, eventId, at, country, channel });
  }
}

function addOrder(run: Run, orderId: string): void {
  const record = run.past.orders.get(orderId)!;
  const order: RunOrder = { record, fact: record.bought, refunds: [] };
  run.orders.set(orderId, order);
  const known = run.ordersOf.get(record.customerId);
  if (known) known.push(order);
  else run.ordersOf.set(record.customerId, [order]);
}

/** Rewards an action of an advocate's own, as the pipeline's `rewardAction` does. */
function rewardAction(run: Run, advocate: AdvocateRecord, action: Action): void {
  const at =
    action.kind === "purchase"
      ? action.order.occurredAt
      : "at" in action
        ? action.at
        : action.referral.at;
  if (at < run.past.fromAt || !isWithin(run, at)) return;
  const terms = termsOf(run, advocate.advocateId);
  for (const due of dueOfAction(terms, action, advocateContext(run, advocate))) {
    if (run.past.granted.has(`${due.rule.id} ${due.causeKey} ${advocate.customerId}`)) continue;
    grant(run, terms, due, {
      customerId: advocate.customerId,
      advocateId: advocate.advocateId,
      referralId: null,
    });
  }
}
