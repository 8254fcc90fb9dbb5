import { z } from "zod";
import type { Asset } from "@/lib/core/money";
import { COUNT_KINDS } from "./conditions";

const money = z.object({
  minor: z.union([z.bigint(), z.string().transform(BigInt)]),
  asset: z.custom<Asset>((value) => typeof value === "string"),
});
const basisPoints = z.int();
/** Whether the base is what is left of the whole order, or of the lines that count. */
const lines = z.boolean();

const stepSchema = z.discriminatedUnion("step", [
  z.object({ step: z.literal("fixed"), result: money }),
  /** `shareBp` of `base`; in points one for each full `per` of that. */
  z.object({
    step: z.literal("share"),
    base: money,
    lines,
    shareBp: basisPoints,
    per: money.optional(),
    result: money,
  }),
  /** `amount` for each full `per` of `base`. */
  z.object({
    step: z.literal("per_unit"),
    base: money,
    lines,
    per: money,
    amount: money,
    result: money,
  }),
  /** What the largest step gives that the order reached. */
  z.object({ step: z.literal("by_amount"), base: money, from: money, result: money }),
  /** The same by a count. */
  z.object({
    step: z.literal("by_count"),
    of: z.enum(COUNT_KINDS),
    count: z.int(),
    from: z.int(),
    result: money,
  }),
  z.object({ step: z.literal("at_least"), result: money }),
  z.object({ step: z.literal("at_most"), result: money }),
  /** `before`, as often as all factors together say, in basis points. */
  z.object({
    step: z.literal("multiplied"),
    before: money,
    factors: z.array(z.object({ name: z.string().nullable(), multiplierBp: basisPoints })),
    multiplierBp: basisPoints,
    result: money,
  }),
]);

/**
 * A step of working out an amount: what it looks at, and what comes out of it, which the next step
 * goes on from. All fractions round down.
 */
export type WorthStep = z.output<typeof stepSchema>;

/** Steps as they are kept with a grant: plain JSON, amounts as decimal digits. */
export function freezeSteps(steps: readonly WorthStep[]): unknown {
  return JSON.parse(
    JSON.stringify(steps, (_, value: unknown) =>
      typeof value === "bigint" ? value.toString() : value,
    ),
  );
}

/** The steps that were kept; null for grants from before they were, or of a later version. */
export function thawSteps(frozen: unknown): WorthStep[] | null {
  return z.array(stepSchema).safeParse(frozen).data ?? null;
}
