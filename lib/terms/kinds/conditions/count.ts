import { boundsWords, within } from "./bounds";
import type { ConditionFacts, CountKind } from "../../facts/conditions";
import type { LeafOf, Verdict } from "./verdict";

const WORDS: Record<CountKind, string> = {
  confirmed_referrals: "confirmed referrals of the advocate",
  friend_purchases: "purchases of the friend",
  own_purchases: "purchases of the customer",
};

/** How often it happened so far, this time included. */
export function count(leaf: LeafOf<"count">, { counts }: ConditionFacts): Verdict {
  const found = counts[leaf.of];
  const wanted = `it takes ${boundsWords(leaf)}`;
  if (found === null)
    return {
      holds: false,
      code: "count_unknown",
      message: `The ${WORDS[leaf.of]} are not counted here; ${wanted}.`,
    };
  const holds = within(found, leaf);
  return {
    holds,
    code: holds ? "count_right" : found < (leaf.atLeast ?? 0) ? "count_too_low" : "count_too_high",
    message: `${found} ${WORDS[leaf.of]} so far; ${wanted}.`,
  };
}
