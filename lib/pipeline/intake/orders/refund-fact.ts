import { allocate } from "@/lib/core/money";
import { readQuantity } from "@/lib/core/values/quantity";
import { skuKey } from "@/lib/core/values/own-id";
import type { EventBody } from "@/lib/events/schema";
import type { Scope } from "@/lib/merchants/scope";
import type { BoughtLine, RefundFact } from "@/lib/terms/facts/order-left";
import { moneyOf } from "../stored-event";

/** A refund as its event says it, and as it is kept with it. */
export type RefundSaid = Pick<NonNullable<EventBody["refund"]>, "amount" | "items">;

/**
 * Reads a refund as what is left of its order is worked out from it. Where the shop names pieces
 * and an amount for all of them, the amount is the fact: they share it by their own amounts, else
 * by their number.
 */
export function refundFact(scope: Scope, { amount, items }: RefundSaid): RefundFact {
  const minor = amount === undefined ? null : moneyOf(scope, amount).minor;
  if (!items?.length) return { minor, items: null };
  const found = items.map(({ sku, quantity, amount }) => ({
    sku,
    quantity: readQuantity(quantity) ?? 0n,
    minor: amount === undefined ? null : moneyOf(scope, amount).minor,
  }));
  if (minor === null) return { minor, items: found };
  const own = found.every((item) => item.minor !== null)
    ? found.map((item) => item.minor!)
    : found.map(({ quantity }) => quantity);
  const parts = allocate(minor, own);
  return { minor: null, items: found.map((item, index) => ({ ...item, minor: parts[index]! })) };
}

/**
 * What of a refund could not count: money beyond what was paid for the order, pieces beyond those
 * that were bought, or pieces whose worth nobody knows, since the order names no such article.
 * @param counted what it counts
 */
export function uncounted(
  { minor, items }: RefundFact,
  counted: bigint,
  lines: readonly BoughtLine[],
): "beyond_order" | "worth_unknown" | null {
  const priced = (items ?? []).reduce((sum, item) => sum + (item.minor ?? 0n), minor ?? 0n);
  if (priced > counted) return "beyond_order";
  const unpriced = (items ?? []).filter((item) => item.minor === null);
  for (const { sku, quantity } of unpriced) {
    const own = lines.filter((line) => skuKey(line.sku) === skuKey(sku));
    if (own.length === 0) return "worth_unknown";
    if (quantity > own.reduce((sum, line) => sum + line.quantity, 0n)) return "beyond_order";
  }
  return unpriced.length > 0 && counted === 0n ? "beyond_order" : null;
}
