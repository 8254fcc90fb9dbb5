import type { ConditionFacts } from "../../facts/conditions";
import { type LeafOf, listWords, sameText, type Verdict } from "./verdict";

/** The order, less what came back whole, has one of the articles. */
export function product({ skus }: LeafOf<"product">, { lines }: ConditionFacts): Verdict {
  const found = lines?.find((line) => skus.some((sku) => sameText(sku, line.sku)));
  return found
    ? { holds: true, code: "product_bought", message: `The order has ${found.sku}.` }
    : {
        holds: false,
        code: "product_missing",
        message: `It takes an order with ${listWords(skus)}.`,
      };
}
