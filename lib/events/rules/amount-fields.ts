import { z } from "zod";

/** How amounts and quantities are written in an event, as shops write them. */

export const amount = z
  .string('Write amounts as text, like "49.90".')
  .trim()
  .regex(/^\d{1,15}(?:\.\d{1,18})?$/, 'Write amounts as text with digits, like "49.90".');
/** How lines share what was paid: finer than a coin, and below 0 for a discount. */
export const price = z
  .string('Write prices as text, like "49.90".')
  .trim()
  .regex(/^-?\d{1,15}(?:\.\d{1,18})?$/, 'Write prices as text with digits, like "49.90".');

const MOST_PIECES = 1_000_000;
const QUANTITY_WORDS = "Write a quantity like 2 or 0.5, at most 1,000,000.";
/** Below 1 for what is sold by weight or length. */
export const quantity = z.union(
  [
    z.number().min(0).max(MOST_PIECES),
    z
      .string()
      .trim()
      .regex(/^\d{1,7}(?:\.\d{1,18})?$/)
      .refine((text) => Number(text) <= MOST_PIECES),
  ],
  QUANTITY_WORDS,
);
/** Below 0 for what was taken in exchange, and for a discount. */
export const lineQuantity = z.union(
  [
    z.number().min(-MOST_PIECES).max(MOST_PIECES),
    z
      .string()
      .trim()
      .regex(/^-?\d{1,7}(?:\.\d{1,18})?$/)
      .refine((text) => Math.abs(Number(text)) <= MOST_PIECES),
  ],
  QUANTITY_WORDS,
);
