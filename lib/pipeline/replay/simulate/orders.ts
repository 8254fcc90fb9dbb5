import { assert } from "@/lib/core/errors";
import { orderLeft } from "@/lib/terms/facts/order-left";
import type { OrderFact } from "@/lib/terms/facts/referrals";
import type { Moment } from "../read/past";
import type { Run, RunOrder } from "./state";

/** Applies a refund to its order, as `recordRefund` does. @returns the order as it is left */
export function refundOrder(
  run: Run,
  { orderId, fact }: Extract<Moment, { kind: "refund" }>["refund"],
): RunOrder {
  const order = run.orders.get(orderId);
  assert(order, "a refund waits for its order");
  order.refunds.push(fact);
  order.fact = factLeft(order);
  return order;
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
