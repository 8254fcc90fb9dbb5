import { z } from "zod";
import { idSchema } from "@/lib/core/values/own-id";
import { amount, lineQuantity, price, quantity } from "./rules/amount-fields";

/**
 * Types that only this product itself records: nobody can claim a click, a join or a claim that did
 * not happen.
 */
export const RESERVED_TYPES = [
  "click",
  "join",
  "invite_claim",
  "invite_answer",
  "program_view",
  "nomination",
] as const;

/** Types that move money: they need a key that makes them count once, and a secret API key. */
export const MONEY_TYPES = ["purchase", "refund"] as const;

/** Where a stored event came from. */
const EVENT_SOURCES = ["api", "browser", "click", "invite", "refer", "dashboard"] as const;
export type EventSource = (typeof EVENT_SOURCES)[number];

/** The channels of a share and of the click that follows it; "link" when nobody said. */
export const SHARE_CHANNELS = [
  "copy",
  "whatsapp",
  "x",
  "facebook",
  "telegram",
  "sms",
  "email",
  "qr",
  "native",
  "link",
] as const;
export type ShareChannel = (typeof SHARE_CHANNELS)[number];

export const MAX_BATCH_EVENTS = 1_000;
/** A request's body, in bytes. */
export const MAX_BODY_BYTES = 1024 * 1024;
/** Traits and properties of an event together, in UTF-16 units of their JSON. */
export const MAX_FREE_LENGTH = 32_768;
/** How far a sender's clock may run ahead of ours. */
export const FUTURE_TOLERANCE_MS = 60 * 60_000;
/** How many warnings an event and an answer carry at most; more is mended without a word. */
export const MAX_EVENT_WARNINGS = 20;
export const MAX_WARNINGS = 1_000;
/** Older than any shop's books; PostgreSQL and JavaScript still agree on it. */
export const EARLIEST_OCCURRED_AT = Date.UTC(1900, 0, 1);

/** An article, a browser or a click, as its sender calls it. */
const key = z.string().min(1).max(200);
const label = z.string().max(200);
const address = z.string().max(2_000);
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'Write the currency as three capitals, like "USD".');
/**
 * Bounded by `withinBounds` in the rules: depth, count and length are nothing that a schema says
 * well.
 */
const freeJson = z.record(z.string(), z.unknown());

const orderItem = z.strictObject({
  sku: key,
  name: label.nullish(),
  /** Pieces, 1 by default. */
  quantity: lineQuantity.nullish(),
  /** For one piece, in the order's currency. Lines share the order's total by their prices. */
  price,
  category: label.nullish(),
});

const refundItem = z.strictObject({
  sku: key,
  name: label.nullish(),
  /** Pieces that came back: by default 1, and none where only an amount is said. */
  quantity: quantity.nullish(),
  /** For one piece; by default what was paid for it. */
  price: amount.nullish(),
  /** For all pieces of this line together; counts before `price`. */
  amount: amount.nullish(),
  category: label.nullish(),
});

/**
 * An event as the API takes it. `null` counts as left out. Where a side matter does not keep to
 * this, `readLeniently` mends it and the answer says so.
 */
export const eventSchema = z.strictObject({
  /** The idempotency key: what comes again under it is stored once. */
  id: idSchema.nullish(),
  type: z
    .string()
    .regex(/^[a-z0-9_.:-]{1,64}$/, "A type has 1 to 64 characters of a-z, 0-9 and _ . : -"),
  occurredAt: z.iso
    .datetime({ offset: true, error: 'Write times as "2026-11-21T10:00:00Z", with a zone.' })
    .nullish(),
  customer: z
    .strictObject({
      id: idSchema.nullish(),
      email: z.string().max(254).nullish(),
      name: label.nullish(),
      traits: freeJson.nullish(),
    })
    .nullish(),
  visitorId: key.nullish(),
  clickId: key.nullish(),
  code: z.string().max(40).nullish(),
  order: z
    .strictObject({
      id: idSchema,
      total: amount,
      currency,
      items: z.array(orderItem).max(500).nullish(),
      discountCode: label.nullish(),
    })
    .nullish(),
  refund: z
    .strictObject({
      orderId: idSchema,
      currency: currency.nullish(),
      /** All of the refund; items share it. Neither amount nor items: all of the order. */
      amount: amount.nullish(),
      items: z.array(refundItem).min(1).max(500).nullish(),
    })
    .nullish(),
  context: z
    .strictObject({
      channel: label.nullish(),
      source: label.nullish(),
      medium: label.nullish(),
      campaign: label.nullish(),
      term: label.nullish(),
      content: label.nullish(),
      referrer: address.nullish(),
      url: address.nullish(),
      device: label.nullish(),
      locale: z.string().max(35).nullish(),
      /** ISO 3166: where it happened. */
      country: z
        .string()
        .regex(/^[A-Za-z]{2}$/, 'Write the country as two letters, like "DE".')
        .nullish(),
    })
    .nullish(),
  properties: freeJson.nullish(),
});

export type EventInput = z.infer<typeof eventSchema>;

/**
 * The request of `POST /api/v1/events`, for the API's description; the hot path reads it event by
 * event.
 */
export const ingestRequestSchema = z.union([
  eventSchema,
  z.strictObject({ events: z.array(eventSchema).max(MAX_BATCH_EVENTS) }),
]);

/** Why one event of a request was not taken. `path` is within that event. */
const rejectionSchema = z.object({
  index: z.int(),
  code: z.string(),
  message: z.string(),
  path: z.string(),
});
export type Rejection = z.infer<typeof rejectionSchema>;

/**
 * What became of a side matter of an event that was taken: `unknown_field` and `left_out` are not
 * kept, `shortened` is kept in part, `clock_ahead` is a time taken as now; `nobody_named` says that
 * a purchase counts for nobody.
 */
const WARNING_CODES = [
  "unknown_field",
  "left_out",
  "shortened",
  "clock_ahead",
  "nobody_named",
] as const;
const warningSchema = z.object({
  index: z.int().meta({ description: "Which event; -1 for the request itself." }),
  code: z.enum(WARNING_CODES),
  message: z.string(),
  path: z.string(),
});
export type Warning = z.infer<typeof warningSchema>;

/** The answer of `POST /api/v1/events`. */
export const ingestAnswerSchema = z.object({
  accepted: z.int(),
  duplicates: z.int(),
  rejected: z.array(rejectionSchema),
  warnings: z.array(warningSchema).meta({
    description:
      "What was cut, dropped or put right in events that were taken, at most 20 of an event and " +
      "1,000 in all.",
  }),
});
export type IngestAnswer = z.infer<typeof ingestAnswerSchema>;

/** JSON that came from outside and passed the bounds. */
export type JsonValue =
  string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/**
 * An event's body as it is stored and as the pipeline reads it: the sender's facts, normalised.
 * Emails are lower case, codes upper case, times in UTC, amounts with all decimals of the
 * merchant's currency.
 */
export type EventBody = {
  id?: string;
  type: string;
  occurredAt?: string;
  customer?: { id?: string; email?: string; name?: string; traits?: { [key: string]: JsonValue } };
  visitorId?: string;
  clickId?: string;
  code?: string;
  order?: {
    id: string;
    total: string;
    currency: string;
    items?: { sku: string; name?: string; quantity: number; price: string; category?: string }[];
    discountCode?: string;
  };
  refund?: {
    orderId: string;
    currency: string;
    amount?: string;
    items?: { sku: string; name?: string; quantity: number; amount?: string; category?: string }[];
  };
  context?: {
    channel?: string;
    source?: string;
    medium?: string;
    campaign?: string;
    term?: string;
    content?: string;
    referrer?: string;
    url?: string;
    device?: string;
    locale?: string;
    country?: string;
  };
  properties?: { [key: string]: JsonValue };
};
