import { z } from "zod";
import { type ErrorCode, statusOf } from "@/lib/core/errors";

/** What each error code means, as the documentation says it. */
const MEANING: Record<ErrorCode, string> = {
  invalid_request:
    "Something in the request is wrong; `path` says where. Sending it again will not help.",
  unauthenticated: "The API key is missing, unknown or revoked.",
  forbidden: "This key may not do that: use a secret key, or a test key for the test clock.",
  not_found: "Nothing with this id exists in your shop, or there is no such address.",
  method_not_allowed: "This address exists, but not for this method.",
  conflict:
    "The current state does not allow it, for example voiding a reward that is already void.",
  idempotency_conflict: "This id or `Idempotency-Key` was used before, with another body.",
  rate_limited: "Too many requests. `Retry-After` says how many seconds to wait.",
  payload_too_large: "The body is larger than 1 MB, or a batch longer than 1,000 events.",
  unsupported_media_type: "Send the body as `application/json`.",
  overloaded:
    "Too many requests at once, or the database does not answer. Send the request again after " +
    "`Retry-After` seconds, a POST under an `Idempotency-Key`.",
  internal: "Something went wrong on the server. Try again in a moment.",
  not_offered: "This item is not offered at the moment.",
  sold_out: "This item is sold out.",
  limit_reached: "This customer has reached the limit per person for this item.",
  tier_required: "The item is for customers of a higher tier.",
  not_enough_points: "The customer has fewer points than the item costs.",
  reserved_type: "Only Goodword itself records events of this type.",
  secret_key_required: "Orders and refunds need a secret key.",
  currency_mismatch: "The shop's amounts are in another currency.",
  in_the_future: "`occurredAt` is more than an hour ahead of the server's time.",
  not_stored: "The database could not store this event.",
};

export type DocumentedError = { code: ErrorCode; status: number; meaning: string };

export const ERRORS: readonly DocumentedError[] = (Object.keys(MEANING) as ErrorCode[])
  .map((code) => ({ code, status: statusOf(code), meaning: MEANING[code] }))
  .sort((left, right) => left.status - right.status);

export const errorJsonSchema = z
  .object({
    error: z.object({
      code: z
        .enum(Object.keys(MEANING) as [ErrorCode, ...ErrorCode[]])
        .meta({ description: "Stable; the field that programs read." }),
      message: z.string().meta({ description: "A sentence for people; it may change." }),
      path: z.string().optional().meta({ description: 'Where in the request, as "order.total".' }),
      docs: z
        .string()
        .meta({ description: "Where this server's documentation explains the code." }),
    }),
  })
  .meta({ id: "Error" });
