import { assert } from "@/lib/core/errors";
import type { OrderFact } from "@/lib/terms/facts/referrals";
import { linesLeft } from "@/lib/terms/facts/known";
import { orderLeft } from "@/lib/terms/facts/order-left";
import { meetsQualification } from "@/lib/terms/rules/due";
import { factsLeft, type OrderLeft } from "@/lib/rewards/rules/reversal";
import { evaluate } from "@/lib/terms/rules/evaluate";
import type { Moment } from "../read/past";
import { countQualified, type SettleFriends } from "./advance";
import { contextOf, factsOfReferral, termsOf } from "./facts";
import type { Run, RunFriend, RunOrder } from "./state";

/** Reverses what a refund undoes, as `recordRefund` and `reverseReferrals` do. */
export function refundOrder(
  run: Run,
  { refund: { orderId, fact } }: Extract<Moment, { kind: "refund" }>,
  settleFriends: SettleFriends,
): void {
  const order = run.orders.get(orderId);
  assert(order, "a refund waits for its order");
  order.refunds.push(fact);
  order.fact = factLeft(order);
  const left = {
    remainingMinor: order.fact.remainingMinor,
    lines: linesLeft(order.fact.lines ?? []),
  };
  run.granted.reverseOrder(orderId, left);
  const friend = run.friends.get(order.record.customerId);
  if (
    !friend ||
    friend.before !== null ||
    friend.state !== "qualified" ||
    friend.qualifiedBy?.eventId !== order.fact.eventId
  )
    return;
  if (left.remainingMinor > 0n && stillQualifies(run, friend, order, left)) return;
  friend.state = "reversed";
  countQualified(run, friend, -1);
  settleFriends(friend);
}

function factLeft({ record, fact, refunds }: RunOrder): OrderFact {
  const left = orderLeft({ totalMinor: fact.totalMinor, lines: record.lines }, refunds);
  return {
    ...fact,
    remainingMinor: left.stands ? left.remainingMinor : 0n,
    lines:
      fact.lines?.map((line, index) => {
        const { remainingMinor, cameBack } = left.lines[index]!;
        return { ...line, remainingMinor, cameBack };
      }) ?? null,
  };
}

function stillQualifies(run: Run, friend: RunFriend, order: RunOrder, left: OrderLeft): boolean {
  const terms = termsOf(run, friend.advocateId);
  const frozen = run.granted.firstFactsOf(friend.referralId, order.fact.orderId);
  if (frozen) return evaluate(terms.qualification.conditions, factsLeft(frozen, left)).holds;
  const { eventId, occurredAt: at, country } = order.fact;
  return meetsQualification(
    terms,
    factsOfReferral(run, friend),
    contextOf(run, friend, terms),
    { eventId, order: order.fact, at, country },
    "as_left",
  );
}
