import { readCode } from "@/lib/core/values/code";
import { mayBeAllowed } from "../intake/let-count";
import { orderIdOf } from "../intake/orders/stated-order";
import type { EventPerson } from "../intake/people/decide-people";
import { orderOf } from "../intake/record-order";
import { isInviteAnswer, isRefund, mayBringFriends } from "../intake/stored-event";
import type { StoryRead } from "../read/story";

/**
 * Tells the events that bring something new, and can be recorded together, from those that change
 * what others may be at work on: an order on record, a refund, a coupon, a person who shares
 * something with others, two records that turn out to be one. These are processed one by one.
 */
export function sortOut(
  people: readonly EventPerson[],
  {
    knownOrders,
    namedCoupons,
    evidence,
    shop,
  }: Pick<StoryRead, "knownOrders" | "namedCoupons" | "evidence" | "shop">,
): { ordinary: EventPerson[]; rare: EventPerson[] } {
  const orders = new Set(knownOrders);
  const coupons = new Set(namedCoupons.map(({ code }) => code));
  const tied = new Set(evidence.map(({ eventId }) => eventId));
  const isRare = ({ event, person }: EventPerson): boolean => {
    if (isRefund(event)) return true;
    if (person === null) return false;
    if (person.alsoNamed !== null || person.isNoted || mayBeAllowed(event, shop)) return true;
    const order = orderOf(event);
    const mayTie = isInviteAnswer(event) || (tied.has(event.id) && mayBringFriends(event));
    if (person.shares && (order !== null || mayTie)) return true;
    return (
      order !== null &&
      (orders.has(orderIdOf(order)) || coupons.has(readCode(order.discountCode ?? "") ?? ""))
    );
  };
  const sorted = { ordinary: [] as EventPerson[], rare: [] as EventPerson[] };
  for (const one of people) sorted[isRare(one) ? "rare" : "ordinary"].push(one);
  return sorted;
}
