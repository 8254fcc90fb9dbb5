import { z } from "zod";
import { dayFilter } from "@/lib/core/values/day";
import { emailSchema } from "@/lib/core/values/email";
import type { KeyProof } from "./rules/keys";

/** What a source says about a customer; anything absent stays as it is. */
export type CustomerInput = {
  /** The merchant's own id for them. */
  externalId?: string | null;
  email?: string | null;
  name?: string | null;
  locale?: string | null;
  /** Flat facts for segments. They are merged with the known ones; null removes one. */
  traits?: Record<string, unknown> | null;
  /** The browser they were seen in. */
  visitorId?: string | null;
  /** When they were seen, by the sender's clock. */
  seenAt: Date;
  /**
   * Who vouches for what identifies them, by default the shop's server. Null where nobody does: a
   * source that anyone can make say anything may create customers, but not change known ones.
   */
  provenBy?: KeyProof | null;
};

/** In which order customers may be listed: who came last, bought for most, or most often. */
export const CUSTOMER_SORTS = ["newest", "revenue", "orders"] as const;
export type CustomerSort = (typeof CUSTOMER_SORTS)[number];

/** What a list of customers may be filtered by. */
export const customerFilterSchema = z.object({
  /** A part of the name, address or merchant's id. */
  search: z.string().trim().max(200).optional(),
  email: emailSchema.optional(),
  ...dayFilter,
  sort: z.enum(CUSTOMER_SORTS).optional(),
  /** Only advocates of this program: its id or slug. */
  program: z.string().max(100).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type CustomerFilter = z.infer<typeof customerFilterSchema>;
