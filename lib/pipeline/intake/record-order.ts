import { Prisma } from "@/lib/core/db";
import { decimal } from "@/lib/core/money";
import type { Query } from "@/lib/core/statements/query";
import { readCode } from "@/lib/core/values/code";
import { may } from "@/lib/merchants/rules/provenance";
import type { Scope, Tx } from "@/lib/merchants/scope";
import type { OrderFact } from "@/lib/terms/facts/referrals";
import type { Decision } from "../decide/decision";
import { orderIdOf } from "./orders/stated-order";
import type { NewOrder } from "./orders/write-orders";
import type { StoredEvent } from "./stored-event";

/** Which orders that events state are on record, by id as their reader gives it. */
export function knownOrdersQuery(tx: Tx, events: readonly StoredEvent[]): Query<string> {
  const ids = events.flatMap(({ body }) => (body.order ? [orderIdOf(body.order)] : []));
  return {
    sql: Prisma.sql`
      SELECT id FROM shop_order
      WHERE merchant_id = ${tx.merchantId} AND id = ANY(${ids}::text[])`,
    row: ({ id }) => id,
  };
}

/** A coupon of the shop that an event names: whose it is, and for which referral they got it. */
export type NamedCoupon = { code: string; customerId: string; referralId: string | null };

/** Which discount codes that events state are coupons of the shop. */
export function namedCouponsQuery(
  { merchantId }: Scope,
  events: readonly StoredEvent[],
): Query<NamedCoupon> {
  const codes = events.flatMap(({ body }) => readCode(body.order?.discountCode ?? "") ?? []);
  return {
    sql: Prisma.sql`
      SELECT c.code, c.customer_id AS "customerId", r.referral_id AS "referralId" FROM coupon c
      JOIN reward r ON r.merchant_id = c.merchant_id AND r.id = c.reward_id
      WHERE c.merchant_id = ${merchantId} AND c.code = ANY(${codes}::text[])`,
    row: (row) => row,
  };
}

export function orderRecorded({ currency }: Tx, { order }: NewOrder): Decision {
  return {
    code: "order_recorded",
    message: `Order ${order.id} over ${decimal(order.total)} ${currency}.`,
    orderId: order.id,
  };
}

/** A new order as rewards are decided by it. */
export function factOf(
  { currency }: Tx,
  { event, customerId, order }: NewOrder,
): OrderFact & {
  customerId: string;
} {
  const { context } = event.body;
  return {
    customerId,
    orderId: order.id,
    eventId: event.id,
    occurredAt: event.occurredAt,
    recordedAt: event.recordedAt,
    remainingMinor: order.total.minor,
    totalMinor: order.total.minor,
    currency,
    lines: order.lines.map(({ sku, category, total }) => ({
      sku,
      category: category ?? null,
      totalMinor: BigInt(total),
      remainingMinor: BigInt(total),
      cameBack: false,
    })),
    country: context?.country ?? null,
    channel: event.channel ?? context?.channel ?? null,
  };
}

/**
 * The order that a purchase states; null for all other events, for one that tells none, and where
 * nobody said it whose word moves money.
 */
export function orderOf(event: Pick<StoredEvent, "type" | "provenance" | "body">) {
  return event.type === "purchase" && may(event, "order") ? (event.body.order ?? null) : null;
}
