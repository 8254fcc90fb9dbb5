import { z } from "zod";
import type { Locale } from "@/lib/core/i18n/locales";
import type { LineFact } from "../facts/conditions";
import { listWords } from "../words/lists";
import { sameText } from "./condition";

/** The lines of an order that a share is taken of. */
export const linesSchema = z
  .strictObject({
    skus: z.array(z.string().trim().min(1).max(200)).max(200).optional(),
    categories: z.array(z.string().trim().min(1).max(200)).max(200).optional(),
  })
  .refine(
    (lines) => (lines.skus?.length ?? 0) + (lines.categories?.length ?? 0) > 0,
    "Name an article or a category.",
  );
type Lines = z.infer<typeof linesSchema>;

type OrderFacts = { orderMinor: bigint | null; lines: readonly LineFact[] | null };

/** What a share is taken of, in minor units: the order, or its matching lines. */
export function baseOf(wanted: Lines | undefined, { orderMinor, lines }: OrderFacts): bigint {
  if (!wanted) return orderMinor ?? 0n;
  return (lines ?? [])
    .filter((line) => matches(wanted, line))
    .reduce((sum, { minor }) => sum + minor, 0n);
}

function matches({ skus = [], categories = [] }: Lines, { sku, category }: LineFact): boolean {
  return (
    skus.some((one) => sameText(one, sku)) ||
    (category !== null && categories.some((one) => sameText(one, category)))
  );
}

/** "Tea or cup-7". */
export function linesWords({ skus = [], categories = [] }: Lines, locale: Locale): string {
  return listWords([...categories, ...skus], locale);
}
