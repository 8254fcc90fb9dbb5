import { daysBetween } from "@/lib/core/time";
import { boundsWords, within } from "./bounds";
import type { ConditionFacts } from "../../facts/conditions";
import type { LeafOf, Verdict } from "./verdict";

/**
 * Whole days from the click, or from the joining, to what happened. A clock that runs ahead makes
 * no negative days.
 */
export function daysSince(
  leaf: LeafOf<"days_since">,
  { at, clickedAt, joinedAt }: ConditionFacts,
): Verdict {
  const what = leaf.what === "click" ? "the click" : "joining";
  const from = leaf.what === "click" ? clickedAt : joinedAt;
  if (from === null || at === null) {
    return {
      holds: false,
      code: "days_unknown",
      message: `It is not known when ${what} was; it takes ${boundsWords(leaf)} days since then.`,
    };
  }
  const days = Math.max(0, Math.floor(daysBetween(from, at)));
  const holds = within(days, leaf);
  return {
    holds,
    code: holds ? "days_right" : days < (leaf.atLeast ?? 0) ? "too_early" : "too_late",
    message: `${days} days after ${what}; it takes ${boundsWords(leaf)}.`,
  };
}
