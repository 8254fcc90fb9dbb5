import { eventTypesOf, watchesOf } from "@/lib/terms/rules/applying";
import type { Terms } from "@/lib/terms/schema";
import { type Asked, askedBy } from "@/lib/terms/rules/asked";
import { isLimited } from "@/lib/rewards/rules/limits";

/** What two terms ask of the past, and what has to be read for them. */
export type Needs = {
  asked: Asked;
  /** Types of events: the goals of friends, and own actions of advocates. */
  goals: readonly string[];
  ownEvents: readonly string[];
  ownPurchases: boolean;
  visits: boolean;
  /** Something counts qualified friends: those from before the range count too. */
  counts: boolean;
  /** Limits may refuse a reward that a later event of the same friend makes due again. */
  limited: boolean;
};

export function needsOf(before: Terms, after: Terms): Needs {
  const [one, other] = [askedBy(before), askedBy(after)];
  const both = [before, after];
  const watched = new Set(both.flatMap(watchesOf));
  const counts = new Set([...one.counts, ...other.counts]);
  return {
    asked: {
      lines: one.lines || other.lines,
      event: one.event || other.event,
      tiers: one.tiers || other.tiers,
      traits: new Set([...one.traits, ...other.traits]),
      counts,
    },
    goals: [...new Set(both.flatMap((terms) => eventTypesOf(terms, "friend")))],
    ownEvents: [...new Set(both.flatMap((terms) => eventTypesOf(terms, "advocate")))],
    ownPurchases: watched.has("own_purchase"),
    visits: watched.has("share_visit"),
    counts:
      watched.has("milestone") || watched.has("second_level") || counts.has("confirmed_referrals"),
    limited: both.some((terms) => terms.rules.some((rule) => isLimited(terms, rule))),
  };
}
