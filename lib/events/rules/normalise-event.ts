import { readShareCode } from "@/lib/core/values/code";
import { readEmail } from "@/lib/core/values/email";
import {
  type Asset,
  assetCode,
  decimal,
  MAX_MINOR,
  type Money,
  parseMoney,
} from "@/lib/core/money";
import type { EventBody, EventInput, JsonValue } from "../schema";
import { boundedJson } from "./free-json";
import { Refused } from "./refusal";

/**
 * The same facts in one spelling and one order of fields, so that the same content always makes the
 * same text.
 */
export function normalise(event: EventInput, asset: Asset): EventBody {
  const { customer, order, refund, context } = event;
  return {
    id: event.id ?? undefined,
    type: event.type,
    occurredAt: event.occurredAt ? new Date(event.occurredAt).toISOString() : undefined,
    customer: customer
      ? {
          id: customer.id ?? undefined,
          email: customer.email ? emailOf(customer.email) : undefined,
          name: customer.name ?? undefined,
          traits: free(customer.traits, "customer.traits"),
        }
      : undefined,
    visitorId: event.visitorId ?? undefined,
    clickId: event.clickId ?? undefined,
    code: event.code ? codeOf(event.code) : undefined,
    order: order
      ? {
          id: order.id,
          total: readAmount(
            order.total,
            ownCurrency(order.currency, asset, "order.currency"),
            "order.total",
          ),
          currency: order.currency,
          items: order.items?.map((item, index) => {
            const price = parseMoney(item.price, asset, `order.items.${index}.price`);
            lineTotal(price, item.quantity, `order.items.${index}.price`);
            return {
              sku: item.sku,
              name: item.name ?? undefined,
              quantity: item.quantity,
              price: decimal(price),
              category: item.category ?? undefined,
            };
          }),
          discountCode: order.discountCode?.trim() || undefined,
        }
      : undefined,
    refund: refund ? readRefund(refund, asset) : undefined,
    context: context ? readContext(context) : undefined,
    properties: free(event.properties, "properties"),
  };
}

function readRefund(
  refund: NonNullable<EventInput["refund"]>,
  asset: Asset,
): NonNullable<EventBody["refund"]> {
  if (refund.currency) ownCurrency(refund.currency, asset, "refund.currency");
  if (refund.amount && refund.items) {
    throw new Refused(
      "invalid_request",
      "A refund has an amount or items, not both.",
      "refund.amount",
    );
  }
  const amount = refund.amount ? parseMoney(refund.amount, asset, "refund.amount") : undefined;
  if (amount?.minor === 0n)
    throw new Refused("invalid_request", "A refund must be more than 0.", "refund.amount");
  return {
    orderId: refund.orderId,
    currency: assetCode(asset),
    amount: amount && decimal(amount),
    items: refund.items?.map((item, index) => {
      const path = `refund.items.${index}`;
      if (item.amount && item.price) {
        throw new Refused(
          "invalid_request",
          "A line has an amount or a price, not both.",
          `${path}.amount`,
        );
      }
      const price = item.price ? parseMoney(item.price, asset, `${path}.price`) : null;
      return {
        sku: item.sku,
        name: item.name ?? undefined,
        quantity: item.quantity,
        amount: item.amount
          ? readAmount(item.amount, asset, `${path}.amount`)
          : price
            ? decimal(lineTotal(price, item.quantity, `${path}.price`))
            : undefined,
        category: item.category ?? undefined,
      };
    }),
  };
}

function readContext(
  context: NonNullable<EventInput["context"]>,
): NonNullable<EventBody["context"]> {
  return {
    channel: context.channel ?? undefined,
    source: context.source ?? undefined,
    medium: context.medium ?? undefined,
    campaign: context.campaign ?? undefined,
    term: context.term ?? undefined,
    content: context.content ?? undefined,
    referrer: context.referrer ?? undefined,
    url: context.url ?? undefined,
    device: context.device ?? undefined,
    locale: context.locale ?? undefined,
    country: context.country?.toUpperCase(),
  };
}

function free(
  value: object | null | undefined,
  path: string,
): { [key: string]: JsonValue } | undefined {
  return value ? boundedJson(value, path) : undefined;
}

function ownCurrency(currency: string, asset: Asset, path: string): Asset {
  if (currency === assetCode(asset)) return asset;
  throw new Refused("currency_mismatch", `This shop's amounts are in ${assetCode(asset)}.`, path);
}

function lineTotal(price: Money, quantity: number, path: string): Money {
  const minor = price.minor * BigInt(quantity);
  if (minor > MAX_MINOR)
    throw new Refused("invalid_request", "The amount of this line is too large.", path);
  return { minor, asset: price.asset };
}

function readAmount(text: string, asset: Asset, path: string): string {
  return decimal(parseMoney(text, asset, path));
}

/** A person is known by it later, so what nobody could ever read as one is refused at once. */
function emailOf(text: string): string {
  const email = readEmail(text);
  if (email === null)
    throw new Refused("invalid_request", "This is not an email address.", "customer.email");
  return email;
}

/** What cannot be a code is kept as it was said: it ties nobody, and its event still counts. */
function codeOf(text: string): string | undefined {
  return readShareCode(text) ?? (text.trim().toUpperCase() || undefined);
}
