import { watchesOf } from "@/lib/terms/rules/applying";
import type { Terms } from "@/lib/terms/schema";
import { RENEWAL } from "@/lib/referrals/rules";
import { type Asked, askedBy } from "@/lib/terms/rules/asked";
import { isLimited } from "@/lib/rewards/limits";

/** What has to be read of the past for two terms to be run over it. */
export type Wanted = {
  asked: Asked;
  /** Events that a friend's rules wait for, and an advocate's own. */
  goals: readonly string[];
  ownEvents: readonly string[];
  ownPurchases: boolean;
  visits: boolean;
  /** Somebody counts confirmed friends: those who came before the range count too. */
  counts: boolean;
  /** Limits may refuse what a later event of the same friend asks for again. */
  limited: boolean;
};

export function wantedBy(before: Terms, after: Terms): Wanted {
  const [one, other] = [askedBy(before), askedBy(after)];
  const both = [before, after];
  const triggers = both.flatMap(({ qualification, rules }) => [
    qualification.trigger,
    ...rules.map(({ on }) => on),
  ]);
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
    goals: [
      ...new Set(
        triggers.flatMap((on) =>
          on.kind === "goal" ? [on.type] : on.kind === "renewal" ? [RENEWAL] : [],
        ),
      ),
    ],
    ownEvents: [...new Set(triggers.flatMap((on) => (on.kind === "own_event" ? [on.type] : [])))],
    ownPurchases: watched.has("own_purchase"),
    visits: watched.has("share_visit"),
    counts:
      watched.has("milestone") || watched.has("second_level") || counts.has("confirmed_referrals"),
    limited: both.some((terms) => terms.rules.some((rule) => isLimited(terms, rule))),
  };
}
