import { z } from "zod";
import { CONDITIONS, type Leaf } from "../kinds/conditions";

/** What a fact must be for a rule to apply. Trees of all, any and none over the kinds. */
export type Condition = { all: Condition[] } | { any: Condition[] } | { none: Condition[] } | Leaf;

const leafSchemas = Object.values(CONDITIONS).map(({ schema }) => schema);

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(conditionSchema).max(20) }),
    z.strictObject({ any: z.array(conditionSchema).min(1).max(20) }),
    z.strictObject({ none: z.array(conditionSchema).max(20) }),
    ...leafSchemas,
  ]),
);

/** No condition at all. */
export const ALWAYS: Condition = { all: [] };

/** Every question in a tree of conditions. */
export function leavesOf(condition: Condition): Leaf[] {
  if ("all" in condition) return condition.all.flatMap(leavesOf);
  if ("any" in condition) return condition.any.flatMap(leavesOf);
  if ("none" in condition) return condition.none.flatMap(leavesOf);
  return [condition];
}
