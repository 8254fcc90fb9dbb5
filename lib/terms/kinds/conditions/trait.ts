import type { ConditionFacts } from "../../facts/conditions";
import { type LeafOf, listWords, personOf, sameText, subjectOf, type Verdict } from "./verdict";

/** A trait of the person is one of the values; a trait that is a list, when one of its items is. */
export function trait({ of, trait: name, is }: LeafOf<"trait">, facts: ConditionFacts): Verdict {
  const who = subjectOf(of, facts);
  const found = textsOf(personOf(of, facts)?.traits[name]);
  const match = found.find((text) => is.some((value) => sameText(value, text)));
  if (match !== undefined)
    return { holds: true, code: "trait_right", message: `${who}'s ${name} is ${match}.` };
  return found.length === 0
    ? {
        holds: false,
        code: "trait_unknown",
        message: `${who}'s ${name} is not known; it takes ${listWords(is)}.`,
      }
    : {
        holds: false,
        code: "trait_other",
        message: `${who}'s ${name} is ${listWords(found)}; it takes ${listWords(is)}.`,
      };
}

/** What a trait says, as texts; an object says nothing that a value could be compared with. */
export function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? [String(value)]
    : [];
}
