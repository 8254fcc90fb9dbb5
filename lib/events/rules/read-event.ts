import { hash } from "node:crypto";
import type { z } from "zod";
import { DomainError } from "@/lib/core/errors";
import type { Asset } from "@/lib/core/money";
import {
  EARLIEST_OCCURRED_AT,
  eventSchema,
  FUTURE_TOLERANCE_MS,
  MAX_EVENT_LENGTH,
  MONEY_TYPES,
  RESERVED_TYPES,
  type EventBody,
  type EventInput,
} from "../schema";
import { badTextPath, UnboundedJson } from "./free-json";
import { normalise } from "./normalise-event";
import { type EventRefusal, Refused } from "./refusal";

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

const MONEY: ReadonlySet<string> = new Set(MONEY_TYPES);
const RESERVED: ReadonlySet<string> = new Set(RESERVED_TYPES);

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
          "Text must be valid Unicode without NUL characters.",
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
      message: `Unknown field "${field}".`,
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
    throw new Refused("invalid_request", "A purchase needs an order.", "order");
  }
  if (type === "refund" ? !event.refund : event.refund) {
    const message =
      type === "refund" ? "A refund needs an order." : 'Only a "refund" may have a refund.';
    throw new Refused("invalid_request", message, "refund");
  }
  if (type === "refund" && event.order) {
    throw new Refused(
      "invalid_request",
      "A refund names its order in refund.orderId, not in order.",
      "order",
    );
  }
  if (!context.mayMoveMoney && (MONEY.has(type) || event.order)) {
    throw new Refused(
      "secret_key_required",
      "Orders and refunds need a secret key.",
      MONEY.has(type) ? "type" : "order",
    );
  }
  const body = normalise(event, context.asset);
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

/** The key of a fact that has none of its own: it counts each time it is sent. */
export function onceKey(eventId: string): string {
  return `once:${eventId}`;
}
