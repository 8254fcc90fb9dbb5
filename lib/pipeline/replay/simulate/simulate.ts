import { assert } from "@/lib/core/errors";
import { inForce } from "@/lib/terms/rules/applying";
import type { Terms } from "@/lib/terms/schema";
import type { Cause, OrderFact, ReferralFacts } from "@/lib/referrals/rules";
import { evaluate } from "@/lib/terms/rules/evaluate";
import {
  courseOf,
  type Doing,
  dueOfDoing,
  dueOfReferral,
  linesLeft,
  meetsQualification,
} from "@/lib/rewards/due";
import { factsLeft, type OrderLeft } from "@/lib/rewards/rules";
import { lineFact } from "../../decide/facts";
import { friendsRun } from "./friends";
import type { AdvocateRecord, History, Moment } from "../read/past";
import type { Purse } from "./granted-rewards";
import {
  advocateAround,
  aroundOf,
  factsOfReferral,
  grant,
  isWithin,
  type Run,
  type RunFriend,
  type RunOrder,
  startRun,
  takes,
  termsOf,
} from "./state";

/**
 * Runs terms over a history, moment by moment in the order in which it happened, as the pipeline
 * would have if the terms had been published when the range began. What is decided is decided by
 * the pipeline's own rules; only the reading and the keeping of what is decided are in memory here.
 * Refunds find all of what they call back: what somebody would have spent by then is not known.
 * @returns what stands in the end; yields now and then, so that others get their turn
 */
export function* simulate(history: History, published: Terms): Generator<void, Purse> {
  const run = startRun(history, inForce(published));
  const friends = friendsRun(run);
  for (const [index, moment] of history.moments.entries()) {
    happen(run, moment, friends.settle);
    if (index % 2_000 === 1_999) yield;
  }
  return run.purse;
}

type Settle = (friend: RunFriend, at: Date) => void;

function happen(run: Run, moment: Moment, settle: Settle): void {
  const { history, friends, purse } = run;
  switch (moment.kind) {
    case "event":
      return happenEvent(run, moment, settle);
    case "refund":
      return refund(run, moment, settle);
    case "visit": {
      const { advocateId, at, eventId, visitorId, channel } = moment;
      return rewardDoing(run, history.advocates.get(advocateId)!, {
        kind: "visit",
        at,
        eventId,
        visitorId,
        channel,
      });
    }
    case "join":
      return rewardDoing(run, history.advocates.get(moment.advocateId)!, {
        kind: "join",
        at: moment.at,
      });
    case "reject": {
      const friend = friends.get(moment.friendId)!;
      if (friend.state === "absent") return;
      const wasConfirmed = friend.state === "qualified";
      friend.state = "rejected";
      purse.reverseReferral(friend.referralId, "The referral was rejected.");
      if (wasConfirmed) unconfirm(run, friend);
      return settle(friend, moment.at);
    }
    case "course": {
      const friend = friends.get(moment.friendId)!;
      const was = friend.state === "qualified";
      Object.assign(friend, { state: moment.state, confirmedBy: moment.confirmedBy });
      if (moment.state === "qualified" && !was) confirm(run, friend);
      if (moment.state !== "qualified" && was) unconfirm(run, friend);
      return settle(friend, moment.at);
    }
    case "use":
      return purse.use(moment);
  }
}

function happenEvent(run: Run, moment: Extract<Moment, { kind: "event" }>, settle: Settle): void {
  const { customerId, eventId, at, type, country, channel, orderId } = moment;
  if (orderId !== null) addOrder(run, orderId);
  const friend = run.friends.get(customerId);
  if (friend && friend.before === null) {
    if (moment.begins && takes(run, friend)) friend.state = "joined";
    if (orderId === null && type !== "")
      friend.goals.push({ type, eventId, occurredAt: at, country });
    advance(run, friend, at, settle);
  }
  const advocate = run.advocateOf.get(customerId);
  if (!advocate) return;
  if (orderId !== null) {
    const { fact, record } = run.orders.get(orderId)!;
    if (fact.totalMinor > 0n)
      rewardDoing(run, advocate, { kind: "purchase", order: fact, number: record.number });
  } else if (
    type !== "" &&
    !moment.isUnproven &&
    (moment.advocateId === null || moment.advocateId === advocate.advocateId)
  ) {
    rewardDoing(run, advocate, { kind: "event", type, eventId, at, country, channel });
  }
}

function addOrder(run: Run, orderId: string): void {
  const record = run.history.orders.get(orderId)!;
  const order: RunOrder = { record, fact: record.bought, refunded: new Map() };
  run.orders.set(orderId, order);
  const known = run.ordersOf.get(record.customerId);
  if (known) known.push(order);
  else run.ordersOf.set(record.customerId, [order]);
}

const OPEN: readonly RunFriend["state"][] = ["joined", "expired", "qualified"];

/** Takes a referral as far as what is known by now carries it: as `advanceReferrals` does. */
function advance(run: Run, friend: RunFriend, now: Date, settle: Settle): void {
  if (!OPEN.includes(friend.state)) return;
  const terms = termsOf(run, friend.advocateId);
  const facts = factsOfReferral(run, friend);
  const around = aroundOf(run, friend, terms);
  const course = courseOf({ terms, facts, around, standing: standingCause(friend, facts), now });
  const { step, confirms, qualifiedBy } = course;
  if (step && step.to !== "qualified") {
    friend.state = step.to;
    if (step.to === "rejected") return purseRejects(run, friend, step.reason);
  }
  if (confirms) {
    friend.state = "qualified";
    friend.confirmedBy = { eventId: confirms.eventId, at: confirms.at };
    if (qualifiedBy) confirm(run, friend);
  }
  const due = dueOfReferral({
    terms,
    referralId: friend.referralId,
    facts,
    around: course.around,
    qualifiedBy,
    isKnown: (ruleId, causeKey) => run.purse.isKnown(ruleId, causeKey, friend.referralId),
  });
  const advocate = run.history.advocates.get(friend.advocateId);
  for (const one of due) {
    grant(run, terms, one, {
      customerId: one.rule.side === "friend" ? friend.friendId : advocate!.customerId,
      advocateId: friend.advocateId,
      referralId: friend.referralId,
    });
  }
  if (confirms && !qualifiedBy) friend.state = "reversed";
  if (confirms) settle(friend, now);
}

function purseRejects(run: Run, friend: RunFriend, reason: string): void {
  run.purse.reverseReferral(
    friend.referralId,
    reason === "existing_customer"
      ? "The friend was a customer before."
      : "The referral was rejected.",
  );
}

function standingCause({ state, confirmedBy }: RunFriend, facts: ReferralFacts): Cause | null {
  if (state !== "qualified" || !confirmedBy) return null;
  const { eventId, at } = confirmedBy;
  const order = facts.orders.find((candidate) => candidate.eventId === eventId) ?? null;
  const goal = facts.goals.find((candidate) => candidate.eventId === eventId);
  return { eventId, order, at, country: order?.country ?? goal?.country ?? null };
}

/** What a refund takes back: as `recordRefund` and `reverseReferrals` do. */
function refund(
  run: Run,
  { refund: { orderId, minor, slices }, at }: Extract<Moment, { kind: "refund" }>,
  settle: Settle,
): void {
  const order = run.orders.get(orderId);
  assert(order, "a refund waits for its order");
  for (const { line, quantity, minor } of slices) {
    const before = order.refunded.get(line) ?? { quantity: 0, minor: 0n };
    order.refunded.set(line, { quantity: before.quantity + quantity, minor: before.minor + minor });
  }
  order.fact = {
    ...order.fact,
    remainingMinor: order.fact.remainingMinor - minor,
    lines: linesNow(order),
  };
  const left = {
    remainingMinor: order.fact.remainingMinor,
    lines: linesLeft(order.fact.lines ?? []),
  };
  run.purse.reverseOrder(orderId, left);
  const friend = run.friends.get(order.record.customerId);
  if (
    !friend ||
    friend.before !== null ||
    friend.state !== "qualified" ||
    friend.confirmedBy?.eventId !== order.fact.eventId
  )
    return;
  if (left.remainingMinor > 0n && stillConfirmed(run, friend, order, left)) return;
  friend.state = "reversed";
  unconfirm(run, friend);
  settle(friend, at);
}

function linesNow({ record, fact, refunded }: RunOrder): OrderFact["lines"] {
  return (
    fact.lines?.map((line, index) => {
      const { line: number, quantity } = record.lines[index]!;
      const back = refunded.get(number) ?? { quantity: 0, minor: 0n };
      return lineFact({
        ...line,
        quantity,
        refundedMinor: back.minor,
        refundedQuantity: back.quantity,
      });
    }) ?? null
  );
}

function stillConfirmed(run: Run, friend: RunFriend, order: RunOrder, left: OrderLeft): boolean {
  const terms = termsOf(run, friend.advocateId);
  const frozen = run.purse.firstFactsOf(friend.referralId, order.fact.orderId);
  if (frozen) return evaluate(terms.qualification.conditions, factsLeft(frozen, left)).holds;
  const { eventId, occurredAt: at, country } = order.fact;
  return meetsQualification(
    terms,
    factsOfReferral(run, friend),
    aroundOf(run, friend, terms),
    { eventId, order: order.fact, at, country },
    "as_left",
  );
}

function confirm({ confirmed }: Run, { advocateId }: RunFriend): void {
  confirmed.set(advocateId, (confirmed.get(advocateId) ?? 0) + 1);
}
function unconfirm({ confirmed }: Run, { advocateId }: RunFriend): void {
  confirmed.set(advocateId, (confirmed.get(advocateId) ?? 0) - 1);
}

/** Rewards something an advocate did themselves: as `rewardDoing` of the pipeline does. */
function rewardDoing(run: Run, advocate: AdvocateRecord, doing: Doing): void {
  const at =
    doing.kind === "purchase"
      ? doing.order.occurredAt
      : "at" in doing
        ? doing.at
        : doing.referral.at;
  if (at < run.history.fromAt || !isWithin(run, at)) return;
  const terms = termsOf(run, advocate.advocateId);
  for (const due of dueOfDoing(terms, doing, advocateAround(run, advocate))) {
    if (run.history.given.has(`${due.rule.id} ${due.causeKey} ${advocate.customerId}`)) continue;
    grant(run, terms, due, {
      customerId: advocate.customerId,
      advocateId: advocate.advocateId,
      referralId: null,
    });
  }
}
