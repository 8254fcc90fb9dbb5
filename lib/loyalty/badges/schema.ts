import { z } from "zod";
import { localizedTextOf } from "@/lib/core/i18n/localized";
import { medalColorSchema, medalIconSchema } from "../schema";

const count = z.coerce
  .number({ error: "Enter a number." })
  .int("Enter a whole number.")
  .min(1, "At least 1.")
  .max(1_000_000);
const days = z.coerce
  .number({ error: "Enter a number of days." })
  .int()
  .min(1, "At least one day.")
  .max(3_660);

/** What earns a badge: facts on record only, so that it can be worked out again at any time. */
export const badgeRuleSchema = z.discriminatedUnion(
  "kind",
  [
    /** A number of different friends qualified. */
    z.strictObject({ kind: z.literal("friends"), count }),
    /** A number of friends within a calendar month of the merchant's zone, or within some days. */
    z
      .strictObject({
        kind: z.literal("friends_within"),
        count,
        period: z.enum(["month", "days"]),
        days: days.optional(),
      })
      .refine((rule) => rule.period === "month" || rule.days !== undefined, {
        error: "Enter a number of days.",
        path: ["days"],
      }),
    /** The first friend who came through a channel qualified. */
    z.strictObject({
      kind: z.literal("first_of_channel"),
      channel: z.string().trim().toLowerCase().min(1, "Choose a channel.").max(60),
    }),
    /** A number of years since they first joined a program. */
    z.strictObject({ kind: z.literal("anniversary"), years: count.max(50) }),
    /** A friend referred a friend, and both qualified. */
    z.strictObject({ kind: z.literal("second_level"), count }),
    /** A number of points earned, even after they are spent. */
    z.strictObject({ kind: z.literal("points_earned"), points: count.max(1_000_000_000) }),
    /** A number of own purchases that were not fully refunded. */
    z.strictObject({ kind: z.literal("purchases"), count }),
  ],
  { error: "Choose how to earn it." },
);
export type BadgeRule = z.infer<typeof badgeRuleSchema>;
export type BadgeKind = BadgeRule["kind"];

/** A badge as form and API send it. */
export const badgeInputSchema = z.strictObject({
  name: localizedTextOf(60, "Enter a name."),
  about: localizedTextOf(200, "Enter a description."),
  icon: medalIconSchema,
  color: medalColorSchema,
  rule: badgeRuleSchema,
  state: z.enum(["active", "disabled"]).default("active"),
});
export type BadgeInput = z.infer<typeof badgeInputSchema>;

/**
 * The same from the dashboard's form, which says which badge it is about and leaves its state
 * alone.
 */
export const badgeFormSchema = badgeInputSchema
  .omit({ state: true })
  .extend({ badgeId: z.string().min(1).max(40).optional() })
  .strip();

/** The starter set is taken as it is. */
export const starterSchema = z.object({});

const badgeIdSchema = z.object({ badgeId: z.string().min(1).max(40) });
export const badgeStateSchema = badgeIdSchema.extend({ state: z.enum(["active", "disabled"]) });
export const badgeMoveSchema = badgeIdSchema.extend({ direction: z.enum(["up", "down"]) });
