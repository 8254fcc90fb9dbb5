import { decimal, money } from "@/lib/core/money";
import type { EventBody } from "@/lib/events/schema";
import type { Scope, Tx } from "@/lib/merchants/scope";
import type { Decision } from "../../decide/decision";
import { settleCoupons } from "./settle-coupons";
import { settleOrder } from "./settle-order";
import { type StatedOrder, statedOrder } from "./stated-order";
import type { StoredEvent } from "../stored-event";

/** An order on record, with the statement that it follows. */
type Known = {
  customerId: string;
  occurredAt: Date;
  totalMinor: bigint;
  discountCode: string | null;
  statedAt: Date;
  /** The sender's own id of that event. */
  statedAs: string | null;
  said: EventBody["order"] | null;
};

/** What another statement of an order comes to. */
type Restated = {
  decisions: Decision[];
  /** It says something else than what was on record, and counts. */
  isRevised: boolean;
};

/**
 * Takes in another statement of an order on record. The newest by the sender's time is what the
 * shop says: its total, lines and discount code hold; the order's time is the earliest that was
 * stated. So the same statements end the same, in whatever order they arrive. An order of another
 * customer stays theirs, and as it is.
 */
export async function restateOrder(
  tx: Tx,
  event: StoredEvent,
  customerId: string,
): Promise<Restated> {
  const order = statedOrder(tx, event.body.order!);
  const known = await lockKnown(tx, order.id);
  if (known.customerId !== customerId) {
    const message = `Order ${order.id} is on record for another customer and stays theirs.`;
    return unchanged({ code: "order_of_another_customer", message, orderId: order.id });
  }
  const isNewest = isLater(event, known);
  const isOther = contentOf(known.said) !== contentOf(event.body.order);
  if (!isNewest && event.occurredAt >= known.occurredAt)
    return unchanged(alreadyKnown(order.id, isOther));
  const isRevised = isNewest && isOther;
  await restate(tx, event, order, { isNewest, isRevised });
  const settled = await settleOrder(tx, order.id);
  const codes = isRevised ? [known.discountCode, order.discountCode] : [known.discountCode];
  return {
    isRevised,
    decisions: [
      isRevised ? revised(tx, order, known.totalMinor) : alreadyKnown(order.id, isOther),
      ...(await settleCoupons(tx, settled.order, codes, event)),
    ],
  };
}

function unchanged(decision: Decision): Restated {
  return { decisions: [decision], isRevised: false };
}

async function lockKnown(tx: Tx, orderId: string): Promise<Known> {
  const { db, merchantId } = tx;
  await tx.lock.orders(orderId);
  const [known] = await db.$queryRaw<[Known]>`
    SELECT o.customer_id AS "customerId", o.occurred_at AS "occurredAt",
      o.total_minor AS "totalMinor", o.discount_code AS "discountCode",
      COALESCE(o.stated_at, o.occurred_at) AS "statedAt",
      e.body->>'id' AS "statedAs", e.body->'order' AS said
    FROM shop_order o
    LEFT JOIN event e ON e.merchant_id = o.merchant_id
      AND e.id = COALESCE(o.stated_event_id, o.event_id)
    WHERE o.merchant_id = ${merchantId} AND o.id = ${orderId}`;
  return known;
}

/** By the sender's time; of two at the same instant, the one whose sender calls it higher. */
function isLater({ occurredAt, body }: StoredEvent, { statedAt, statedAs }: Known): boolean {
  const difference = occurredAt.getTime() - statedAt.getTime();
  return difference !== 0 ? difference > 0 : (body.id ?? "") > (statedAs ?? "");
}

/** What a statement says of its order: two of the same content are the same fact. */
function contentOf(said: EventBody["order"] | null): string {
  if (!said) return "";
  const { total, currency, items = [], discountCode = null } = said;
  const lines = items.map(({ sku, name, quantity, price, category }) => [
    sku,
    name ?? null,
    quantity,
    price,
    category ?? null,
  ]);
  return JSON.stringify([total, currency, lines, discountCode]);
}

/** Writes what a statement changes: which one is the newest, when the order was, what it holds. */
async function restate(
  { db, merchantId }: Tx,
  event: StoredEvent,
  order: StatedOrder,
  { isNewest, isRevised }: { isNewest: boolean; isRevised: boolean },
): Promise<void> {
  await db.$executeRaw`
    UPDATE shop_order SET
      stated_at = CASE WHEN ${isNewest} THEN ${event.occurredAt}
        ELSE COALESCE(stated_at, occurred_at) END,
      stated_event_id = CASE WHEN ${isNewest} THEN ${event.id}
        ELSE COALESCE(stated_event_id, event_id) END,
      occurred_at = LEAST(occurred_at, ${event.occurredAt})
    WHERE merchant_id = ${merchantId} AND id = ${order.id}`;
  if (!isRevised) return;
  await db.orderLine.deleteMany({ where: { merchantId, orderId: order.id } });
  // What was refunded is set anew from all refunds, right after.
  await db.$executeRaw`
    WITH lines AS (
      INSERT INTO order_line (merchant_id, order_id, line, sku, name, category, quantity,
        total_minor)
      SELECT ${merchantId}, ${order.id}, l.line, l.sku, l.name, l.category, l.quantity, l.total
      FROM json_to_recordset(${JSON.stringify(order.lines)}::json)
        AS l (line int, sku text, name text, category text, quantity numeric, total bigint)
    )
    UPDATE shop_order SET total_minor = ${order.total.minor}, refunded_minor = 0,
      discount_code = ${order.discountCode}
    WHERE merchant_id = ${merchantId} AND id = ${order.id}`;
}

function alreadyKnown(orderId: string, isOther: boolean): Decision {
  return {
    code: "order_known",
    message: isOther
      ? "A newer statement of this order is on record; that one counts."
      : "This order is already recorded; nothing is counted twice.",
    orderId,
  };
}

function revised(scope: Scope, { id, total }: StatedOrder, before: bigint): Decision {
  const [from, to] = [decimal(money(before, total.asset)), decimal(total)];
  return {
    code: "order_revised",
    message:
      from === to
        ? `The shop states order ${id} over ${to} ${scope.currency} anew: its lines changed.`
        : `The shop states order ${id} anew: ${to} instead of ${from} ${scope.currency}.`,
    orderId: id,
    fromTotal: from,
    toTotal: to,
  };
}
