import type { ConditionFacts } from "../../facts/conditions";
import { type LeafOf, listWords, sameText, type Verdict } from "./verdict";

/** The order, less what came back whole, has an article of one of the categories. */
export function category({ categories }: LeafOf<"category">, { lines }: ConditionFacts): Verdict {
  const found = lines?.find(
    (line) => line.category !== null && categories.some((name) => sameText(name, line.category!)),
  );
  return found
    ? {
        holds: true,
        code: "category_bought",
        message: `The order has something of ${found.category}.`,
      }
    : {
        holds: false,
        code: "category_missing",
        message: `It takes an order with something of ${listWords(categories)}.`,
      };
}
