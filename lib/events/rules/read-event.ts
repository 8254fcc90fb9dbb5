import { hash } from "node:crypto";
import { DomainError } from "@/lib/core/errors";
import type { Asset } from "@/lib/core/money";
import { may, type Provenance, type Said } from "@/lib/merchants/rules/provenance";
import {
  EARLIEST_OCCURRED_AT,
  FUTURE_TOLERANCE_MS,
  MAX_EVENT_WARNINGS,
  MONEY_TYPES,
  RESERVED_TYPES,
  type EventBody,
  type EventInput,
} from "../schema";
import { normalise } from "./normalise-event";
import { type EventWarning, namesSomebody, readLeniently, type Tell } from "./read-leniently";
import { type EventRefusal, Refused } from "./refusal";

/** What is known about the sender when an event is read. */
export type ReadingContext = {
  /** The merchant's currency; an event in another one is refused. */
  asset: Asset;
  /** The merchant's time. */
  now: Date;
  /** Who says it: what stands in a web page's key states no order, and has no time of its own. */
  provenance: Provenance;
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
  /** What was cut, left out or put right. */
  warnings: EventWarning[];
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
  const warnings: EventWarning[] = [];
  const tell: Tell = (warning) => {
    if (warnings.length < MAX_EVENT_WARNINGS) warnings.push(warning);
  };
  try {
    const event = readLeniently(raw, context.textIsClean ?? false, tell);
    return { ...interpret(event, context, tell), warnings };
  } catch (error) {
    if (error instanceof Refused || error instanceof DomainError) {
      return { refused: { code: error.code, message: error.message, path: error.path ?? "" } };
    }
    throw error;
  }
}

function interpret(
  event: EventInput,
  context: ReadingContext,
  tell: Tell,
): Omit<ReadEvent, "warnings"> {
  const { type } = event;
  const said = { provenance: context.provenance, type };
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
  if (!may(said, "order") && (MONEY.has(type) || event.order)) {
    throw new Refused(
      "secret_key_required",
      "Orders and refunds need a secret key.",
      MONEY.has(type) ? "type" : "order",
    );
  }
  if (type === "purchase" && !namesSomebody(event) && !event.order?.discountCode) {
    const message = "Nobody is named: this purchase counts for nobody.";
    tell({ code: "nobody_named", message, path: "customer" });
  }
  const body = normalise(event, context.asset, tell);
  const bodyJson = JSON.stringify(body);
  const bodyHash = hash("sha256", bodyJson, "hex");
  return {
    type,
    body,
    bodyJson,
    bodyHash,
    occurredAt: may(said, "date")
      ? occurredAt(body.occurredAt, context.now, tell)
      : receipt(body.occurredAt, context.now, tell),
    dedupeKey: keyOf(said, body, bodyHash),
  };
}

/** A clock is never exactly ours; this much is not worth a word. */
const CLOCK_JITTER_MS = 1_000;

/**
 * The sender's time, ours where there is none. A clock that runs up to an hour ahead is taken as
 * now.
 */
function occurredAt(text: string | undefined, now: Date, tell: Tell): Date {
  if (text === undefined) return now;
  const time = Date.parse(text);
  if (time > now.getTime() + FUTURE_TOLERANCE_MS) {
    throw new Refused("in_the_future", "occurredAt is in the future.", "occurredAt");
  }
  if (time < EARLIEST_OCCURRED_AT) {
    throw new Refused("invalid_request", "occurredAt is too far in the past.", "occurredAt");
  }
  if (time <= now.getTime()) return new Date(time);
  if (time > now.getTime() + CLOCK_JITTER_MS) {
    const message = "Your clock is ahead of ours: taken as now.";
    tell({ code: "clock_ahead", message, path: "occurredAt" });
  }
  return now;
}

/** The time when we received it, whatever its sender says. */
function receipt(text: string | undefined, now: Date, tell: Tell): Date {
  if (text !== undefined) {
    const message = "What a web page sends counts from its receipt: its own time was left out.";
    tell({ code: "left_out", message, path: "occurredAt" });
  }
  return now;
}

/** Web pages have ids of their own: nobody can take the one that the shop's server will send. */
function keyOf(said: Said, body: EventBody, bodyHash: string): string {
  const key = dedupeKey(body, bodyHash);
  return key === "" || said.provenance !== "browser" ? key : `page:${key}`;
}

/**
 * What makes an event count once: its id, else its order and type. A refund without an id is the
 * same refund when it says the same about the same order, so two equal part refunds need ids. Any
 * other fact is the same when all that it says is the same, with the time when it happened; without
 * that time it counts each time it is sent.
 */
function dedupeKey(body: EventBody, bodyHash: string): string {
  if (body.id !== undefined) return `id:${body.id}`;
  if (body.refund) return `refund:${body.refund.orderId}:${bodyHash}`;
  if (body.order) return `order:${body.type}:${body.order.id}`;
  return body.occurredAt === undefined ? "" : `fact:${bodyHash}`;
}

/** The key of a fact that has none of its own: it counts each time it is sent. */
export function onceKey(eventId: string): string {
  return `once:${eventId}`;
}
