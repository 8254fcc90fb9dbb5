import {
  type Asset,
  assetCode,
  assetScale,
  decimal,
  divide,
  MAX_MINOR,
  money,
  parseMoney,
} from "@/lib/core/money";
import { readDecimal, writeDecimal } from "@/lib/core/values/decimal";
import { readQuantity, writeQuantity } from "@/lib/core/values/quantity";
import type { EventBody, EventInput } from "../schema";
import { Refused } from "./refusal";

/** How fine a price is read: unit prices are often finer than any coin. */
const PRICE_SCALE = 18;
/** Decimals of a quantity that count, as `readQuantity` reads it. */
const QUANTITY_SCALE = 6;

type OrderInput = NonNullable<EventInput["order"]>;
type RefundInput = NonNullable<EventInput["refund"]>;

/**
 * An order as it is stored: its total exact in the shop's currency. Prices and quantities of its
 * lines only say how the total is shared, so they may be finer than a coin, and below 0 for
 * discounts and for what is taken in exchange.
 * @throws Refused for another currency; DomainError for a total that is no amount of it
 */
export function readOrder(order: OrderInput, asset: Asset): NonNullable<EventBody["order"]> {
  ownCurrency(order.currency, asset, "order.currency");
  return {
    id: order.id,
    total: exactAmount(order.total, asset, "order.total"),
    currency: order.currency,
    items: order.items?.map((item, index) => ({
      sku: item.sku,
      name: item.name ?? undefined,
      quantity: quantityOf(item.quantity ?? 1, `order.items.${index}.quantity`),
      price: priceText(item.price, asset, `order.items.${index}.price`),
      category: item.category ?? undefined,
    })),
    discountCode: order.discountCode?.trim() || undefined,
  };
}

/**
 * A refund as it is stored: what the shop says came back, in pieces, money or both. What an item's
 * price says is worked out to a coin. An item with an amount and no quantity is money alone.
 * @throws Refused for another currency and for a refund of nothing
 */
export function readRefund(refund: RefundInput, asset: Asset): NonNullable<EventBody["refund"]> {
  if (refund.currency) ownCurrency(refund.currency, asset, "refund.currency");
  const amount = refund.amount ? parseMoney(refund.amount, asset, "refund.amount") : undefined;
  if (amount?.minor === 0n && !refund.items)
    throw new Refused("invalid_request", "A refund must be more than 0.", "refund.amount");
  return {
    orderId: refund.orderId,
    currency: assetCode(asset),
    amount: amount && decimal(amount),
    items: refund.items?.map((item, index) => {
      const path = `refund.items.${index}`;
      const said = item.quantity ?? (item.amount ? 0 : 1);
      const quantity = quantityOf(said, `${path}.quantity`);
      return {
        sku: item.sku,
        name: item.name ?? undefined,
        quantity,
        amount: item.amount
          ? exactAmount(item.amount, asset, `${path}.amount`)
          : item.price
            ? timesQuantity(item.price, quantity, asset, `${path}.price`)
            : undefined,
        category: item.category ?? undefined,
      };
    }),
  };
}

function ownCurrency(currency: string, asset: Asset, path: string): void {
  if (currency === assetCode(asset)) return;
  throw new Refused("currency_mismatch", `This shop's amounts are in ${assetCode(asset)}.`, path);
}

function exactAmount(text: string, asset: Asset, path: string): string {
  return decimal(parseMoney(text, asset, path));
}

/** A quantity as a number that JSON writes exactly: to a millionth of a piece. */
function quantityOf(said: number | string, path: string): number {
  const millionths = readQuantity(said);
  if (millionths === null)
    throw new Refused("invalid_request", "Write a quantity like 2 or 0.5.", path);
  return Number(writeQuantity(millionths));
}

/** With all decimals of the currency, or as many as it needs. */
function priceText(text: string, asset: Asset, path: string): string {
  const scale = assetScale(asset);
  const exact = readDecimal(text, scale);
  if (exact !== null) return writeDecimal(exact, scale);
  return writeDecimal(priceOf(text, path), PRICE_SCALE).replace(/0+$/, "");
}

function priceOf(text: string, path: string): bigint {
  const price = readDecimal(text, PRICE_SCALE);
  if (price === null)
    throw new Refused("invalid_request", 'Write a price as text, like "49.90".', path);
  return price;
}

function timesQuantity(text: string, quantity: number, asset: Asset, path: string): string {
  const fine = priceOf(text, path) * (readQuantity(quantity) ?? 0n);
  const unit = 10n ** BigInt(PRICE_SCALE + QUANTITY_SCALE - assetScale(asset));
  const minor = divide(fine, unit, "halfUp");
  if (minor > MAX_MINOR)
    throw new Refused("invalid_request", "The amount of this line is too large.", path);
  return decimal(money(minor, asset));
}
