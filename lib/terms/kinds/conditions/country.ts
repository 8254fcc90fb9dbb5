import type { ConditionFacts } from "../../facts/conditions";
import { type LeafOf, listWords, personOf, subjectOf, type Verdict } from "./verdict";

/** The person is in one of the countries: by what they did, else by their trait `country`. */
export function country({ of, countries }: LeafOf<"country">, facts: ConditionFacts): Verdict {
  const found = personOf(of, facts)?.country ?? null;
  const who = subjectOf(of, facts);
  if (found === null)
    return {
      holds: false,
      code: "country_unknown",
      message: `${who}'s country is not known; it takes ${listWords(countries)}.`,
    };
  const holds = countries.includes(found);
  return holds
    ? { holds, code: "country_right", message: `${who} is in ${found}.` }
    : {
        holds,
        code: "country_other",
        message: `${who} is in ${found}; it takes ${listWords(countries)}.`,
      };
}
