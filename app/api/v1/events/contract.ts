import { z } from "zod";
import { endpoint } from "@/lib/auth/endpoint";
import { eventSchema, ingestAnswerSchema, ingestRequestSchema } from "@/lib/events/schema";

eventSchema.register(z.globalRegistry, {
  id: "Event",
  description:
    "A fact about a customer. Null means not given. A field that is not listed is ignored, and " +
    "the answer says so.",
});

/**
 * Answered by lib/events/ingest, in front of everything else; said here for the API's description.
 */
export const postEvents = endpoint({
  method: "POST",
  path: "/events",
  group: "Events",
  key: "publishable",
  summary: "Send events, one or up to 1,000",
  description:
    "Accepted and duplicate events are stored. An event's `id` makes it count once: the same id " +
    "with the same body is a duplicate, with another body it is rejected. Purchases and refunds " +
    "need an `id` or an `order.id`, and a secret key; any other event without an `id` counts " +
    "once for the same body with the same `occurredAt`. A publishable key, which anyone can read " +
    "in your pages, sends touches: they make nobody known, change nobody, tie nobody to a code, " +
    "count as no goal, earn nothing and have the time of their receipt. What a fact does not " +
    "hang on never costs it: labels and addresses that are too long are cut, " +
    "unknown fields and an unreadable email beside an id " +
    "are left out, a clock up to an hour ahead is taken as now, and `warnings` says so. A batch " +
    "answers 200, with the events that were refused in `rejected`; a single event that is " +
    "refused answers 422, with `error` and the same fields. The body may be zipped " +
    "(`Content-Encoding: gzip`). For `navigator.sendBeacon`, send it as `text/plain` with the " +
    "publishable key in the address: `/api/v1/events?key=gw_pub_…`. What amounts, quantities and " +
    "refunds may say: [Orders and refunds](/docs/orders).",
  body: ingestRequestSchema,
  response: ingestAnswerSchema,
  errors: [
    "idempotency_conflict",
    "reserved_type",
    "secret_key_required",
    "currency_mismatch",
    "in_the_future",
    "not_stored",
  ],
  example: {
    body: {
      id: "o-5001-paid",
      type: "purchase",
      occurredAt: "2026-11-23T12:30:00Z",
      customer: { id: "c-1002", email: "ben@example.com" },
      order: { id: "o-5001", total: "49.90", currency: "USD" },
    },
    response: { accepted: 1, duplicates: 0, rejected: [], warnings: [] },
  },
});
