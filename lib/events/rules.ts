import { hash } from "node:crypto";
import type { z } from "zod";
import { readShareCode } from "@/lib/core/code";
import { readEmail } from "@/lib/core/email";
import { DomainError } from "@/lib/core/errors";
import {
  type Asset,
  assetCode,
  decimal,
  MAX_MINOR,
  type Money,
  parseMoney,
} from "@/lib/core/money";
import { badTextPath, boundedJson, UnboundedJson } from "./bounded-json";
import {
  EARLIEST_OCCURRED_AT,
  eventSchema,
  FUTURE_TOLERANCE_MS,
  MAX_EVENT_LENGTH,
  MONEY_TYPES,
  RESERVED_TYPES,
  type EventBody,
  type EventInput,
  type JsonValue,
} from "./schema";

/** What is known about the sender when an event is read. */
export type ReadingContext = {
  /** The merchant's currency; an event in another one is refused. */
  asset: Asset;
  /** The merchant's time. */
  now: Date;
  /** False for keys that stand in a web page: what they send moves no money. */
  mayMoveMoney: boolean;
  /**
   * True when the JSON text was seen to hold no bad characters (`mayHoldBadText`), which spares the
   * walk.
   */
  textIsClean?: boolean;
};

/**
 * An event as it will be stored: its key, its time and its body, both as an object and as canonical
 * JSON.
 */
export type ReadEvent = {
  type: string;
  dedupeKey: string;
  occurredAt: Date;
  body: EventBody;
  bodyJson: string;
  bodyHash: string;
};

/**
 * Why an event is not taken: a stable code, one plain sentence, and the place in the event ("" for
 * all of it).
 */
export type EventRefusal = { code: string; message: string; path: string };

const MONEY: ReadonlySet<string> = new Set(MONEY_TYPES);
const RESERVED: ReadonlySet<string> = new Set(RESERVED_TYPES);

class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly path: string,
  ) {
    super(message);
  }
}

/**
 * Reads one event from outside: every rule that needs no database. Never throws for what a sender
 * may send.
 */
export function readEvent(
  raw: unknown,
  context: ReadingContext,
): ReadEvent | { refused: EventRefusal } {
  try {
    const parsed = eventSchema.safeParse(raw);
    if (!parsed.success) return { refused: schemaRefusal(parsed.error.issues[0]) };
    if (!context.textIsClean) {
      const path = badTextPath(raw);
      if (path !== null)
        throw new Refused(
          "invalid_request",
          "Texts are valid Unicode without NUL characters.",
          path,
        );
    }
    return interpret(parsed.data, context);
  } catch (error) {
    if (error instanceof Refused || error instanceof DomainError) {
      return { refused: { code: error.code, message: error.message, path: error.path ?? "" } };
    }
    if (error instanceof UnboundedJson) {
      return { refused: { code: "invalid_request", message: error.message, path: error.path } };
    }
    throw error;
  }
}

function schemaRefusal(issue: z.core.$ZodIssue | undefined): EventRefusal {
  const path = (issue?.path ?? []).map(String);
  if (issue?.code === "unrecognized_keys") {
    const field = String(issue.keys[0]).slice(0, 100);
    return {
      code: "invalid_request",
      message: `There is no field "${field}" here.`,
      path: [...path, field].join("."),
    };
  }
  return {
    code: "invalid_request",
    message: issue?.message ?? "This is not an event.",
    path: path.join("."),
  };
}

function interpret(event: EventInput, context: ReadingContext): ReadEvent {
  const { type } = event;
  if (RESERVED.has(type))
    throw new Refused("reserved_type", `"${type}" is recorded by Goodword itself.`, "type");
  if (type === "purchase" && !event.order) {
    throw new Refused("invalid_request", "A purchase needs its order.", "order");
  }
  if (type === "refund" ? !event.refund : event.refund) {
    const message =
      type === "refund" ? "A refund says which order." : 'Only a "refund" carries this.';
    throw new Refused("invalid_request", message, "refund");
  }
  if (type === "refund" && event.order) {
    throw new Refused("invalid_request", "A refund names its order in refund.orderId.", "order");
  }
  if (!context.mayMoveMoney && (MONEY.has(type) || event.order)) {
    throw new Refused(
      "secret_key_required",
      "Orders and refunds are sent with a secret key.",
      MONEY.has(type) ? "type" : "order",
    );
  }
  const body = normalise(event, context);
  const bodyJson = JSON.stringify(body);
  if (bodyJson.length > MAX_EVENT_LENGTH) {
    throw new Refused(
      "payload_too_large",
      `An event has at most ${MAX_EVENT_LENGTH} characters.`,
      "",
    );
  }
  const bodyHash = hash("sha256", bodyJson, "hex");
  return {
    type,
    body,
    bodyJson,
    bodyHash,
    occurredAt: occurredAt(body.occurredAt, context.now),
    dedupeKey: dedupeKey(body, bodyHash),
  };
}

/**
 * The same facts in one spelling and one order of fields, so that the same content always makes the
 * same text.
 */
function normalise(event: EventInput, { asset }: ReadingContext): EventBody {
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
      "A refund names an amount or its lines, not both.",
      "refund.amount",
    );
  }
  const amount = refund.amount ? parseMoney(refund.amount, asset, "refund.amount") : undefined;
  if (amount?.minor === 0n)
    throw new Refused("invalid_request", "A refund is more than nothing.", "refund.amount");
  return {
    orderId: refund.orderId,
    currency: assetCode(asset),
    amount: amount && decimal(amount),
    items: refund.items?.map((item, index) => {
      const path = `refund.items.${index}`;
      if (item.amount && item.price) {
        throw new Refused(
          "invalid_request",
          "A line names its amount or its price, not both.",
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
  if (minor > MAX_MINOR) throw new Refused("invalid_request", "This line is worth too much.", path);
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

/**
 * The sender's time, ours where there is none. A clock that runs a little ahead is put right, not
 * refused.
 */
function occurredAt(text: string | undefined, now: Date): Date {
  if (text === undefined) return now;
  const time = Date.parse(text);
  if (time > now.getTime() + FUTURE_TOLERANCE_MS) {
    throw new Refused("in_the_future", "occurredAt is in the future.", "occurredAt");
  }
  if (time < EARLIEST_OCCURRED_AT) {
    throw new Refused("invalid_request", "occurredAt is too far in the past.", "occurredAt");
  }
  return time > now.getTime() ? now : new Date(time);
}

/**
 * What makes an event count once: its id, else its order and type. A refund without an id is the
 * same refund when it says the same about the same order, so two equal part refunds need ids. Facts
 * without any key count each time.
 */
function dedupeKey(body: EventBody, bodyHash: string): string {
  if (body.id !== undefined) return `id:${body.id}`;
  if (body.refund) return `refund:${body.refund.orderId}:${bodyHash}`;
  if (body.order) return `order:${body.type}:${body.order.id}`;
  return "";
}
