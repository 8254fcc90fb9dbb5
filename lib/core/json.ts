import { z } from "zod";

/** The JSON shapes that all nouns share in the API. */

export const jsonTime = z.iso
  .datetime()
  .meta({ description: "UTC.", example: "2026-11-21T10:00:00.000Z" });
export const jsonAmount = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .meta({ description: "A decimal number as text.", example: "10.00" });
/** The code of an amount's currency; points are "PTS". */
export const jsonCurrency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .meta({ description: "ISO 4217, or PTS for points.", example: "USD" });

/** A page of a list. */
export function jsonList<T extends z.ZodType>(row: T) {
  return z.object({
    data: z.array(row).meta({ description: "Newest first." }),
    nextCursor: z.string().nullable().meta({ description: "For the next page; null on the last." }),
  });
}

/** A time in ISO 8601, or null. */
export function timeOrNull(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
