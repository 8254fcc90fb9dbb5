import { DomainError } from "@/lib/core/errors";
import { withoutBadText } from "../rules/free-json";
import { MAX_BATCH_EVENTS, MAX_EVENT_WARNINGS, type Warning } from "../schema";

/** The index of a warning about the request, not about one of its events. */
const WHOLE_REQUEST = -1;

/** What a request holds, and what is to be said about it as a whole. */
export type Sent = { events: readonly unknown[]; isBatch: boolean; warnings: Warning[] };

/**
 * One event, or those of `{ "events": [ … ] }`. @throws DomainError when it is neither or too many
 */
export function eventsOf(value: unknown): Sent {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new DomainError("invalid_request", 'Send one event, or { "events": [ … ] }.');
  }
  if (!Object.hasOwn(value, "events")) return { events: [value], isBatch: false, warnings: [] };
  const { events, ...others } = value as { events: unknown };
  if (Object.hasOwn(others, "type")) {
    throw new DomainError("invalid_request", 'Send one event, or { "events": [ … ] }, not both.');
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
  const warnings = Object.keys(others).slice(0, MAX_EVENT_WARNINGS).map(unknownBesideEvents);
  return { events, isBatch: true, warnings };
}

function unknownBesideEvents(field: string): Warning {
  const path = withoutBadText(field.slice(0, 100));
  const message = `Unknown field "${path}" beside events.`;
  return { index: WHOLE_REQUEST, code: "unknown_field", message, path };
}
