import { z } from "zod";
import { type ErrorCode, statusOf } from "@/lib/core/errors";

/** What each error code means, for whoever reads the documentation. */
const MEANING: Record<ErrorCode, string> = {
  invalid_request:
    "Something in the request is not as it should be; `path` says where. Sending it again will not help.",
  unauthenticated: "There is no API key, or it is unknown or revoked.",
  forbidden: "This key may not do that: it needs a secret key, or a test key.",
  not_found: "There is no such thing among yours.",
  conflict: "It cannot be done as things stand, as a reward that was taken back before.",
  idempotency_conflict: "This id stands for something else that was sent before.",
  rate_limited: "Too many requests. `Retry-After` says how many seconds to wait.",
  payload_too_large: "The body is larger than 1 MB, or one event larger than 32 kB.",
  unsupported_media_type: "Send the body as `application/json`.",
  overloaded: "Too much at once; nothing was stored. Send it again after `Retry-After` seconds.",
  internal: "Something went wrong on our side. Try again in a moment.",
  not_offered: "This item is not offered at the moment.",
  sold_out: "Nothing of this item is left.",
  limit_reached: "This customer has had as much of the item as one person may have.",
  tier_required: "The item is for customers of a higher tier.",
  not_enough_points: "The customer has fewer points than the item costs.",
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
        .meta({ description: "Stable; what programs read." }),
      message: z.string().meta({ description: "One sentence for people; it may change." }),
      path: z.string().optional().meta({ description: 'Where in the request, as "order.total".' }),
      docs: z.string().meta({ description: "Where this server explains the code." }),
    }),
  })
  .meta({ id: "Error" });
