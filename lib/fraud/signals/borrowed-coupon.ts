import { signalFrom } from "../words";
import { factOf, type Signal } from "./signal";

/** A coupon that somebody else redeemed than the one whose it is: passed on, or sold. */
export function borrowedCoupon(
  { code, customerId: ownerId }: { code: string; customerId: string },
  { id: orderId, customerId }: { id: string; customerId: string },
): Signal | null {
  return customerId === ownerId
    ? null
    : signalFrom("borrowed_coupon", factOf({ kind: "coupon", said: code, orderId, customerId }));
}
