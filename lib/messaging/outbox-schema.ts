import { z } from "zod";
import { dayFilter } from "@/lib/core/values/day";
import { MESSAGE_STATES, TEMPLATES } from "./schema";

/** Which of the emails that are held back are sent after all: one, or all of them. */
export const releaseSchema = z.object({ messageId: z.string().max(100).optional() });

/** What a list of emails may be filtered by. */
export const messageFilterSchema = z.object({
  template: z.enum(TEMPLATES).optional(),
  state: z.enum(MESSAGE_STATES).optional(),
  /** A part of the address. */
  recipient: z.string().trim().max(200).optional(),
  ...dayFilter,
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type MessageFilter = z.infer<typeof messageFilterSchema>;
