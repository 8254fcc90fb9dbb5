import { z } from "zod";
import { CONDITIONS, type Leaf } from "../kinds/conditions";
import { unionOf } from "../kinds/union";

/** What a fact must be for a rule to apply. Trees of all, any and none over the kinds. */
export type Condition = { all: Condition[] } | { any: Condition[] } | { none: Condition[] } | Leaf;

/** How many questions and groups a tree may have: each is asked of each event again. */
export const MOST_NODES = 200;

/** Four choices at each node, not one for every kind: what is none of them is seen at once. */
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(conditionSchema).max(20) }),
    z.strictObject({ any: z.array(conditionSchema).min(1).max(20) }),
    z.strictObject({ none: z.array(conditionSchema).max(20) }),
    unionOf(CONDITIONS),
  ]),
);

/** No condition at all. */
export const ALWAYS: Condition = { all: [] };

/** How many questions and groups there are in a tree of conditions. */
export function nodesOf(condition: Condition): number {
  const parts =
    "all" in condition
      ? condition.all
      : "any" in condition
        ? condition.any
        : "none" in condition
          ? condition.none
          : [];
  return parts.reduce((sum, part) => sum + nodesOf(part), 1);
}

/** Every question in a tree of conditions. */
export function leavesOf(condition: Condition): Leaf[] {
  if ("all" in condition) return condition.all.flatMap(leavesOf);
  if ("any" in condition) return condition.any.flatMap(leavesOf);
  if ("none" in condition) return condition.none.flatMap(leavesOf);
  return [condition];
}
