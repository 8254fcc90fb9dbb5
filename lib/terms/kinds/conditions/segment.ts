import type { ConditionFacts } from "../../facts/conditions";
import { textsOf } from "./trait";
import { type LeafOf, listWords, personOf, sameText, subjectOf, type Verdict } from "./verdict";

/** The traits in which a shop says to which segments a person belongs. */
export const SEGMENT_TRAITS = ["segments", "segment"] as const;

/** The person belongs to one of the segments. */
export function segment({ of, segments }: LeafOf<"segment">, facts: ConditionFacts): Verdict {
  const traits = personOf(of, facts)?.traits;
  const found = SEGMENT_TRAITS.flatMap((name) => textsOf(traits?.[name])).find((text) =>
    segments.some((name) => sameText(name, text)),
  );
  const who = subjectOf(of, facts);
  return found === undefined
    ? { holds: false, code: "segment_other", message: `${who} is not in ${listWords(segments)}.` }
    : { holds: true, code: "segment_right", message: `${who} is in ${found}.` };
}
