import { z } from "zod";
import type { CalculatorKind } from "../calculator";

const schema = z.strictObject({ kind: z.literal("none") });

/** For benefits that are not an amount; never chosen. */
export const none = {
  schema,
  form: { label: "Not an amount", fields: [] },
  needsOrder: false,
  work: () => [],
  words: () => "",
} satisfies CalculatorKind<z.infer<typeof schema>>;
