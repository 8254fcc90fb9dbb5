import { z } from "zod";
import { dayFilter } from "@/lib/core/values/day";
import { idFilterSchema } from "@/lib/core/values/own-id";
import { REWARD_STATES } from "../schema";

export const rewardFilterSchema = z.object({
  state: z.enum(REWARD_STATES).optional(),
  program: z.string().max(100).optional(),
  side: z.enum(["advocate", "friend"]).optional(),
  /** Whose it is: our customer id, or the merchant's own. */
  customer: idFilterSchema.optional(),
  order: idFilterSchema.optional(),
  referral: z.string().max(40).optional(),
  /** What staff must deliver or pay. */
  toGive: z.stringbool().optional(),
  ...dayFilter,
  /** Part of a name or email, a coupon code or an id. */
  search: z.string().trim().max(200).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type RewardFilter = z.infer<typeof rewardFilterSchema>;
