import type { ConditionFacts } from "../../facts/conditions";
import { type LeafOf, personOf, subjectOf, type Verdict } from "./verdict";

/** The person had one of the tiers when it was worked off. */
export function tier({ of, tiers }: LeafOf<"tier">, facts: ConditionFacts): Verdict {
  const found = personOf(of, facts)?.tier ?? null;
  const who = subjectOf(of, facts);
  if (found === null)
    return {
      holds: false,
      code: "tier_none",
      message: `${who} has no tier; this is for certain tiers only.`,
    };
  return tiers.includes(found)
    ? { holds: true, code: "tier_right", message: `${who} has a tier that this is for.` }
    : {
        holds: false,
        code: "tier_other",
        message: `${who} has another tier than those that this is for.`,
      };
}
