import { expect, it } from "vitest";
import { testTerms } from "@/lib/worker/testing";
import { type Condition, conditionSchema, MOST_NODES } from "./conditions";
import { termsSchema } from "./terms";

const leaf: Condition = { kind: "currency", currencies: ["USD"] };
const group = (count: number): Condition => ({ all: Array<Condition>(count).fill(leaf) });
const groups = (count: number): Condition => ({ any: Array<Condition>(count).fill(group(20)) });

it("takes trees of a size that somebody may have meant, and no larger", () => {
  const terms = testTerms();
  const withTree = (conditions: Condition) =>
    termsSchema.safeParse({
      ...terms,
      rules: terms.rules.map((rule) => ({ ...rule, conditions })),
    });
  expect(withTree(groups(9)).success).toBe(true);
  const issue = withTree(groups(10)).error?.issues[0];
  expect(issue?.message).toContain(`at most ${MOST_NODES}`);
  expect(issue?.path).toEqual(["rules", 0, "conditions"]);
  expect(conditionSchema.safeParse(group(21)).success).toBe(false);
});

it("knows what is no condition, whatever it resembles", () => {
  for (const value of [
    null,
    [],
    {},
    { all: [], any: [leaf] },
    { all: leaf },
    { any: [] },
    { kind: "currency" },
    { kind: "nothing" },
    { ...leaf, all: [] },
    { all: [{ all: [{ none: [{ kind: "nothing" }] }] }] },
  ])
    expect(conditionSchema.safeParse(value).success, JSON.stringify(value)).toBe(false);
});
