import { z } from "zod";
import { dayFilter, daySchema } from "@/lib/core/values/day";
import { decimalText } from "@/lib/terms/schema/amounts";

/** The most rewards in one batch: the rest goes into the next. */
export const MOST_IN_BATCH = 1_000;

export const payableFilterSchema = z.object({
  /** Only what was released through the end of this day, in the merchant's zone. */
  until: daySchema().optional(),
  /** Part of a name or address, or an id. */
  search: z.string().trim().max(200).optional(),
  /** Only people who are owed at least this much, all of it together. */
  atLeast: decimalText.optional(),
});
export type PayableFilter = z.infer<typeof payableFilterSchema>;

/**
 * A batch is made of what the page showed: of the same filter, without the people who were
 * deselected.
 */
export const createBatchSchema = payableFilterSchema.extend({
  without: z.array(z.string().min(1).max(40)).max(1_000).optional(),
});
export const batchIdSchema = z.object({ batchId: z.string().min(1).max(40) });
export const payBatchSchema = batchIdSchema.extend({
  /** How to find it at the bank. */
  reference: z.string().trim().max(200).optional(),
});

export const BATCH_STATES = ["open", "paid", "cancelled"] as const;
export type BatchState = (typeof BATCH_STATES)[number];
export const batchFilterSchema = z.object({
  state: z.enum(BATCH_STATES).optional(),
  /** A number, or a part of the reference. */
  search: z.string().trim().max(200).optional(),
  ...dayFilter,
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type BatchFilter = z.infer<typeof batchFilterSchema>;
