import { z } from "zod";
import { endpoint } from "@/lib/auth/endpoint";
import { eventSchema, ingestAnswerSchema, ingestRequestSchema } from "@/lib/events/schema";

eventSchema.register(z.globalRegistry, {
  id: "Event",
  description:
    "A fact about a customer. Null counts as left out; a field that is not listed is refused by its name.",
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
    "What counts as accepted or duplicate is stored. An event's `id` makes it count once: the same id with the same " +
    "body is a duplicate, with another body it is rejected. Purchases and refunds need an `id` or an `order.id`, and a secret " +
    "key. With a publishable key, which anyone can read in your pages, an event makes new customers known and changes none who " +
    "are: their id, address, name and traits are your server's to say. An event that cannot be taken is named in " +
    "`rejected`; the others of its batch are taken all the same.",
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
