import { currencyAsset, decimal, parseMoney } from "@/lib/core/money";
import type { ConditionFacts } from "../../facts/conditions";
import type { Verdict } from "./verdict";

/** The order, less what was refunded, is worth at least so much. */
export function orderTotal(condition: { atLeast: string }, facts: ConditionFacts): Verdict {
  const asset = currencyAsset(facts.currency);
  const floor = parseMoney(condition.atLeast, asset);
  const holds = facts.orderMinor !== null && facts.orderMinor >= floor.minor;
  const wanted = `${decimal(floor)} ${facts.currency}`;
  if (facts.orderMinor === null)
    return { holds, code: "no_order", message: `No order yet; it takes one of ${wanted} or more.` };
  const stands = `${decimal({ minor: facts.orderMinor, asset })} ${facts.currency}`;
  return {
    holds,
    code: holds ? "order_large_enough" : "order_too_small",
    message: `The order stands at ${stands}; it takes ${wanted} or more.`,
  };
}
