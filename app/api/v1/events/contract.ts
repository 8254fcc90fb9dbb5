import { z } from "zod";
import { endpoint } from "@/lib/auth/endpoint";
import { eventSchema, ingestAnswerSchema, ingestRequestSchema } from "@/lib/events/schema";

eventSchema.register(z.globalRegistry, {
  id: "Event",
  description:
    "A fact about a customer. Null means not given. An unlisted field is refused by name.",
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
    "need an `id` or an `order.id`, and a secret key. A publishable key, which anyone can read " +
    "in your pages, may introduce new customers but changes no existing one: ids, emails, names " +
    "and traits come from your server. An event that is refused is listed in `rejected`; the " +
    "others of its batch are stored.",
  body: ingestRequestSchema,
  response: ingestAnswerSchema,
  errors: ["overloaded"],
  example: {
    body: {
      id: "o-5001-paid",
      type: "purchase",
      occurredAt: "2026-11-23T12:30:00Z",
      customer: { id: "c-1002", email: "ben@example.com" },
      order: { id: "o-5001", total: "49.90", currency: "USD" },
    },
    response: { accepted: 1, duplicates: 0, rejected: [] },
  },
});
