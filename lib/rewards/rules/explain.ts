import type { Asset, Money } from "@/lib/core/money";
import { thawFacts } from "@/lib/terms/facts/conditions";
import { thawSteps, type WorthStep } from "@/lib/terms/facts/worked";
import { hasAmount } from "@/lib/terms/kinds/benefits";
import { worthOf } from "@/lib/terms/rules/worth";
import type { FrozenTerms } from "../schema";

/** What is on record of a reward that its amount follows from. */
export type Explained = {
  terms: FrozenTerms;
  /** The facts as they are kept with it. */
  facts: unknown;
  amountMinor: bigint | null;
  asset: Asset | null;
  reversedMinor: bigint;
  withheldMinor: bigint;
  /** What its first step granted; null where that is not on record. */
  grantedMinor: bigint | null;
};

/** How the amount of a reward came about. */
export type Explanation = {
  /** From the rule to what was granted; empty where that is not known. */
  granted: WorthStep[];
  /** The same by the facts of today, where they make something else of it. */
  now: WorthStep[] | null;
  /** What became of it since; null where it is as granted. */
  since: Record<"granted" | "raised" | "reversed" | "withheld" | "left", Money> | null;
  /** A limit left room for the smaller benefit only. */
  isFallback: boolean;
};

/**
 * How a reward came to its amount: the steps that were kept with the grant, or for older ones those
 * that its frozen terms and facts make, as long as they come to what was granted. Null for what is
 * not an amount.
 */
export function explain(reward: Explained): Explanation | null {
  const { terms, asset, amountMinor, reversedMinor, withheldMinor } = reward;
  if (amountMinor === null || asset === null || !hasAmount(terms.benefit)) return null;
  const grantedMinor = reward.grantedMinor ?? amountMinor;
  const money = (minor: bigint): Money => ({ minor, asset });
  const today = stepsOf(reward);
  const kept = thawSteps((reward.facts as { worked?: unknown } | null)?.worked);
  const granted = [kept, today].find((steps) => cameTo(steps) === grantedMinor) ?? [];
  const left = amountMinor - reversedMinor;
  const isChanged = left !== grantedMinor && cameTo(today) === left;
  const isSame = left === grantedMinor && withheldMinor === 0n;
  return {
    granted,
    now: isChanged && today!.length > 0 ? today : null,
    since: isSame
      ? null
      : {
          granted: money(grantedMinor),
          raised: money(amountMinor - grantedMinor),
          reversed: money(reversedMinor),
          withheld: money(withheldMinor),
          left: money(left - withheldMinor),
        },
    isFallback: terms.fallback === true,
  };
}

/** What the frozen terms make of the facts on record; null where they cannot be read. */
function stepsOf({ terms, facts }: Explained): WorthStep[] | null {
  try {
    return worthOf(terms, thawFacts(facts), terms).steps;
  } catch {
    return null;
  }
}

function cameTo(steps: readonly WorthStep[] | null): bigint | null {
  return steps?.at(-1)?.result.minor ?? null;
}
