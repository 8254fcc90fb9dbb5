import { z } from "zod";
import { emailSchema } from "@/lib/core/values/email";

/** What we are told about a person; anything absent stays as it is. */
export type CustomerInput = {
  /** The merchant's own id for them. */
  externalId?: string | null;
  email?: string | null;
  name?: string | null;
  locale?: string | null;
  /** Flat facts for segments; added to those that are there, a null removes one. */
  traits?: Record<string, unknown> | null;
  /** The browser they were seen in. */
  visitorId?: string | null;
  /** When they were seen, by the sender's clock. */
  seenAt: Date;
  /**
   * Said by someone who need not be them, such as a web page: it makes new people known and changes
   * nobody.
   */
  isUnproven?: boolean;
};

/** What a list of customers may be filtered by. */
export const customerFilterSchema = z.object({
  /** A part of the name, address or merchant's id. */
  search: z.string().trim().max(200).optional(),
  email: emailSchema.optional(),
  /** Those who share this program: its id or slug. */
  program: z.string().max(100).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type CustomerFilter = z.infer<typeof customerFilterSchema>;
