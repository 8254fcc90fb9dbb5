import { z } from "zod";

/** An amount in the program's currency, or of points, as text: it is parsed, never multiplied. */
export const decimalText = z
  .string()
  .trim()
  .regex(/^\d{1,12}(\.\d{1,4})?$/, "Write an amount like 10 or 19.90.");
export const basisPoints = z
  .int()
  .min(1, "Must be more than 0%.")
  .max(10_000, "Must be at most 100%.");
export const eventType = z.string().regex(/^[a-z0-9_.:-]{1,64}$/, "Use a-z, 0-9, _ . : -");
export const smallId = z.string().regex(/^[a-z0-9_-]{1,40}$/, "Use a-z, 0-9, _ and -");
export const isoTime = z.iso.datetime({ offset: true });
