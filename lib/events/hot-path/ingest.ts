import { isUtf8 } from "node:buffer";
import { DomainError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { log } from "@/lib/core/log";
import { systemNow } from "@/lib/core/time";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import { jsonAnswer, refusal, refuse } from "./answers";
import { mayHoldBadText } from "../rules/free-json";
import type { HotRequest, HotResponse } from "./http";
import { keyScope } from "./key-scope";
import { overBrowserLimit, overKeyLimit, overMissLimit } from "./rate-limits";
import { onceKey, type ReadingContext, readEvent } from "../rules/read-event";
import { MAX_BATCH_EVENTS, MAX_BODY_BYTES, type IngestAnswer, type Rejection } from "../schema";
import { type IncomingEvent, eventWriter } from "./event-writer";

/**
 * What a browser may see and send; keys that stand in a page carry no cookie and need no origin.
 */
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "POST, OPTIONS",
  "access-control-allow-headers": "authorization, content-type",
  "access-control-max-age": "86400",
};
const PUBLISHABLE = "gw_pub_";
const ONE_ACCEPTED = '{"accepted":1,"duplicates":0,"rejected":[]}';

/**
 * `POST /api/v1/events`: takes in one event or a batch. What it counts as accepted or duplicate is
 * committed. Answers 200 with `IngestAnswer`, or an error for the whole request; never throws.
 */
export async function ingest(request: HotRequest): Promise<HotResponse> {
  if (request.method === "OPTIONS") return { status: 204, headers: CORS, body: "" };
  const key = bearer(request.headers.authorization);
  const answer = await answerFor(request, key);
  if (key?.startsWith(PUBLISHABLE)) answer.headers["access-control-allow-origin"] = "*";
  return answer;
}

async function answerFor(request: HotRequest, key: string | null): Promise<HotResponse> {
  try {
    if (request.method !== "POST") {
      return { ...refuse("not_found", "Send events with POST."), status: 405 };
    }
    if (!key)
      return refuse("unauthenticated", 'Send your API key as "Authorization: Bearer gw_…".');
    const scope = await keyScope(key, systemNow().getTime());
    if (!scope) return await unknownKey(request.ip);
    const body = readBody(request);
    const events = eventsOf(body.value);
    const retryAfter = await overLimit(scope, request.ip, Math.max(1, events.length));
    if (retryAfter > 0) {
      return refusal(
        new DomainError("rate_limited", "Too many events with this key. Try again later."),
        retryAfter,
      );
    }
    return await take(scope, events, body.isClean);
  } catch (error) {
    if (error instanceof DomainError) return refusal(error);
    // Nobody was told that their events are stored, so they will come again; the reason is for the
    // log.
    log.error({ err: error }, "taking events in failed");
    return refuse("overloaded", "The events could not be stored. Send them again in a moment.");
  }
}

function bearer(header: string | undefined): string | null {
  const match = header ? /^Bearer +(\S+) *$/i.exec(header) : null;
  return match?.[1] ?? null;
}

async function unknownKey(ip: string): Promise<HotResponse> {
  const retryAfter = await overMissLimit(ip);
  if (retryAfter > 0)
    return refusal(
      new DomainError("rate_limited", "Too many requests with unknown keys."),
      retryAfter,
    );
  return refuse("unauthenticated", "This API key is unknown or revoked.");
}

function overLimit({ actor }: Scope, ip: string, events: number): Promise<number> {
  return actor.kind === "key" && actor.key === "publishable"
    ? overBrowserLimit(actor.id, ip, events)
    : overKeyLimit(actor.id, events);
}

/** @throws DomainError for anything but JSON of a fair size */
function readBody({ headers, body }: HotRequest): { value: unknown; isClean: boolean } {
  if (!/^application\/json\s*(?:;|$)/i.test(headers["content-type"] ?? "")) {
    throw new DomainError(
      "unsupported_media_type",
      "Send JSON, with Content-Type: application/json.",
    );
  }
  if ((headers["content-encoding"] ?? "identity") !== "identity") {
    throw new DomainError(
      "unsupported_media_type",
      "Send the body uncompressed, without Content-Encoding.",
    );
  }
  if (!body || body.length === 0) throw new DomainError("invalid_request", "The body is empty.");
  if (body.length > MAX_BODY_BYTES)
    throw new DomainError("payload_too_large", "A request may have at most 1 MiB.");
  if (!isUtf8(body)) throw new DomainError("invalid_request", "The body is not UTF-8.");
  const text = body.toString("utf8");
  try {
    return { value: JSON.parse(text), isClean: !mayHoldBadText(text) };
  } catch {
    throw new DomainError("invalid_request", "The body is not JSON.");
  }
}

/**
 * One event, or those of `{ "events": [ … ] }`. @throws DomainError when it is neither or too many
 */
function eventsOf(value: unknown): readonly unknown[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new DomainError("invalid_request", 'Send one event, or { "events": [ … ] }.');
  }
  if (!Object.hasOwn(value, "events")) return [value];
  const { events, ...others } = value as { events: unknown };
  const other = Object.keys(others)[0];
  if (other !== undefined) {
    throw new DomainError(
      "invalid_request",
      `Unknown field "${other.slice(0, 100)}" beside events.`,
    );
  }
  if (!Array.isArray(events))
    throw new DomainError("invalid_request", "events is a list.", "events");
  if (events.length > MAX_BATCH_EVENTS) {
    throw new DomainError(
      "payload_too_large",
      `A batch has at most ${MAX_BATCH_EVENTS} events.`,
      "events",
    );
  }
  return events;
}

async function take(
  scope: Scope,
  events: readonly unknown[],
  textIsClean: boolean,
): Promise<HotResponse> {
  const now = scopeNow(scope);
  const isPublishable = scope.actor.kind === "key" && scope.actor.key === "publishable";
  const context: ReadingContext = {
    asset: scope.asset,
    now,
    mayMoveMoney: !isPublishable,
    textIsClean,
  };
  const rows: IncomingEvent[] = [];
  const indexes: number[] = [];
  const rejected: Rejection[] = [];
  for (const [index, raw] of events.entries()) {
    const event = readEvent(raw, context);
    if ("refused" in event) {
      rejected.push({ index, ...event.refused });
      continue;
    }
    const id = newId("evt");
    indexes.push(index);
    rows.push({
      merchantId: scope.merchantId,
      id,
      dedupeKey: event.dedupeKey || onceKey(id),
      type: event.type,
      occurredAt: event.occurredAt,
      recordedAt: now,
      source: isPublishable ? "browser" : "api",
      bodyHash: event.bodyHash,
      bodyJson: event.bodyJson,
      visitorId: event.body.visitorId ?? null,
      channel: event.type === "share" ? (event.body.context?.channel ?? null) : null,
    });
  }
  const answer: IngestAnswer = { accepted: 0, duplicates: 0, rejected };
  for (const [position, stored] of (await eventWriter.add(rows)).entries()) {
    if (stored?.outcome === "stored") answer.accepted += 1;
    else if (stored?.outcome === "duplicate") answer.duplicates += 1;
    else
      rejected.push({
        index: indexes[position]!,
        ...notTaken(stored === null, rows[position]!.dedupeKey),
      });
  }
  if (answer.accepted === 1 && events.length === 1) return jsonAnswer(200, ONE_ACCEPTED);
  rejected.sort((left, right) => left.index - right.index);
  return jsonAnswer(200, JSON.stringify(answer));
}

function notTaken(isUnstorable: boolean, dedupeKey: string): Omit<Rejection, "index"> {
  if (isUnstorable)
    return { code: "not_stored", message: "The database could not store this event.", path: "" };
  return {
    code: "idempotency_conflict",
    message: "A different event was already sent with this id.",
    path: dedupeKey.startsWith("id:") ? "id" : "order.id",
  };
}
