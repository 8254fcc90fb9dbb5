import { hash } from "node:crypto";
import { apiErrorBody } from "@/lib/core/api-error";
import { codeOfStatus, DomainError, type ErrorCode } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { atOnce, inTurns, type Steps } from "@/lib/core/math/in-turns";
import { log, noteRefusal } from "@/lib/core/log";
import { systemNow } from "@/lib/core/time";
import {
  answerOnce,
  readIdempotencyKey,
  repeatHeaders,
} from "@/lib/merchants/commands/answer-once";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import { jsonAnswer, refusal, refuse } from "./answers";
import type { HotRequest, HotResponse } from "./http";
import { keyScope } from "./key-scope";
import { overBrowserLimit, overKeyLimit, overMissLimit } from "./rate-limits";
import { provenanceOf } from "../rules/provenance-of";
import { onceKey, type ReadingContext, readEvent } from "../rules/read-event";
import { type IngestAnswer, MAX_WARNINGS, type Rejection } from "../schema";
import { type IncomingEvent, eventWriter } from "./event-writer";
import { readBody } from "./request-body";
import { eventsOf, type Sent } from "./sent-events";

/**
 * What a browser may see and send; keys that stand in a page carry no cookie and need no origin.
 */
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "POST, OPTIONS",
  "access-control-allow-headers": "authorization, content-type, idempotency-key",
  "access-control-max-age": "86400",
};
const PUBLISHABLE = "gw_pub_";
/** Above so many events, reading them lets other requests have their turn. */
const MANY = 20;
const ONE_ACCEPTED = '{"accepted":1,"duplicates":0,"rejected":[],"warnings":[]}';

/**
 * `POST /api/v1/events`: takes in one event or a batch. What it counts as accepted or duplicate is
 * committed. Answers 200 with `IngestAnswer`, 422 with the same beside the error for a single event
 * that is refused, or an error for the whole request; never throws.
 */
export async function ingest(request: HotRequest): Promise<HotResponse> {
  if (request.method === "OPTIONS") return { status: 204, headers: CORS, body: "" };
  const key = bearer(request.headers.authorization) ?? publishableIn(request.query);
  const answer = await answerFor(request, key);
  if (answer.status >= 400)
    noteRefusal(codeOfStatus(answer.status), { method: request.method, path: request.path });
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
    const body = await readBody(request, key.startsWith(PUBLISHABLE));
    const sent = eventsOf(body.value);
    const retryAfter = await overLimit(scope, request.ip, Math.max(1, sent.events.length));
    if (retryAfter > 0) {
      return refusal(
        new DomainError("rate_limited", "Too many events with this key. Try again later."),
        retryAfter,
      );
    }
    const once = readIdempotencyKey(headerOf(request, "idempotency-key"));
    if (once === null) return await take(scope, sent, body.isClean);
    const text = `${request.method} ${request.path} ${JSON.stringify(body.value)}`;
    // Should the answer get lost after the events were stored, they are found by this again.
    const mark = hash("sha256", `${scope.actor.id} ${once} ${text}`, "hex");
    const answer = await answerOnce(scope, { key: once, text }, () =>
      take(scope, sent, body.isClean, mark),
    );
    return jsonAnswer(answer.status, answer.body, repeatHeaders(answer.isRepeat));
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

/**
 * The publishable key in an address, under whatever name: `navigator.sendBeacon` can send no
 * header. A secret key is none of these, since addresses are written into logs.
 */
function publishableIn(query: URLSearchParams): string | null {
  return [...query.values()].find((value) => value.startsWith(PUBLISHABLE)) ?? null;
}

function headerOf({ headers }: HotRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
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

/** @param mark names the request, where it counts once */
async function take(
  scope: Scope,
  sent: Sent,
  textIsClean: boolean,
  mark?: string,
): Promise<HotResponse> {
  const reading = readAll(scope, sent, textIsClean, mark);
  const isMany = sent.events.length > MANY;
  const { rows, indexes, answer } = isMany ? await inTurns(reading) : atOnce(reading);
  const { rejected, warnings } = answer;
  for (const [position, stored] of (await eventWriter.add(rows)).entries()) {
    if (stored?.outcome === "stored") answer.accepted += 1;
    else if (stored?.outcome === "duplicate") answer.duplicates += 1;
    else
      rejected.push({
        index: indexes[position]!,
        ...notTaken(stored === null, rows[position]!.dedupeKey),
      });
  }
  if (!sent.isBatch && rejected[0]) return refusedAlone(answer, rejected[0]);
  if (answer.accepted === 1 && sent.events.length === 1 && warnings.length === 0)
    return jsonAnswer(200, ONE_ACCEPTED);
  rejected.sort((left, right) => left.index - right.index);
  return jsonAnswer(200, JSON.stringify({ ...answer, warnings: warnings.slice(0, MAX_WARNINGS) }));
}

type Reading = { rows: IncomingEvent[]; indexes: number[]; answer: IngestAnswer };

/** The rows of the events that can be taken, and the answer as far as it is known by then. */
function* readAll(
  scope: Scope,
  { events, warnings }: Sent,
  textIsClean: boolean,
  mark: string | undefined,
): Steps<Reading> {
  const now = scopeNow(scope);
  const isPublishable = scope.actor.kind === "key" && scope.actor.key === "publishable";
  const source = isPublishable ? "browser" : "api";
  const provenance = provenanceOf(source);
  const context: ReadingContext = {
    asset: scope.asset,
    now,
    provenance,
    textIsClean,
  };
  const answer: IngestAnswer = {
    accepted: 0,
    duplicates: 0,
    rejected: [],
    warnings: [...warnings],
  };
  const rows: IncomingEvent[] = [];
  const indexes: number[] = [];
  for (const [index, raw] of events.entries()) {
    if (index > 0) yield;
    const event = readEvent(raw, context);
    if ("refused" in event) {
      answer.rejected.push({ index, ...event.refused });
      continue;
    }
    for (const warning of event.warnings) answer.warnings.push({ index, ...warning });
    const id = newId("evt");
    indexes.push(index);
    rows.push({
      merchantId: scope.merchantId,
      id,
      dedupeKey: event.dedupeKey || (mark ? `request:${mark}:${index}` : onceKey(id)),
      type: event.type,
      occurredAt: event.occurredAt,
      recordedAt: now,
      source,
      provenance,
      bodyHash: event.bodyHash,
      bodyJson: event.bodyJson,
      visitorId: event.body.visitorId ?? null,
      channel: event.type === "share" ? (event.body.context?.channel ?? null) : null,
    });
  }
  return { rows, indexes, answer };
}

/** Nobody looks into `rejected` who sent one event: the status says it, in the error's own form. */
function refusedAlone(answer: IngestAnswer, { code, message, path }: Rejection): HotResponse {
  const { error } = apiErrorBody(code as ErrorCode, message, path || undefined);
  return jsonAnswer(422, JSON.stringify({ error, ...answer }));
}

function notTaken(isUnstorable: boolean, dedupeKey: string): Omit<Rejection, "index"> {
  if (isUnstorable)
    return { code: "not_stored", message: "The database could not store this event.", path: "" };
  return {
    code: "idempotency_conflict",
    message: "A different event was already sent with this id.",
    path: /^(page:)?id:/.test(dedupeKey) ? "id" : "order.id",
  };
}
