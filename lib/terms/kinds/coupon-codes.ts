import { z } from "zod";
import type { Field } from "../form/fields";

/**
 * Where a coupon's code comes from: made to a pattern (# stands for a letter or digit), or out of a
 * pool.
 */
export const codesSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("pattern"),
    pattern: z
      .string()
      .trim()
      .toUpperCase()
      .max(40)
      .regex(/^[A-Z0-9#_-]+$/, "Use A-Z, 0-9, - and _, with # where a random character goes.")
      .refine(
        (text) => [...text].filter((character) => character === "#").length >= 6,
        "Leave room for at least 6 random characters: #.",
      ),
  }),
  z.strictObject({ kind: z.literal("pool"), poolId: z.string().min(1, "Choose a pool.").max(40) }),
]);
export type Codes = z.infer<typeof codesSchema>;

export const codesField: Field = { name: "codes", label: "Coupon codes", control: "codes" };
