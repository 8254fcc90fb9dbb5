import type { Leaf, LeafKind, Person } from "../../schema";
import type { ConditionFacts, PersonFact } from "../../facts/conditions";

/** A leaf's answer, with its reason in plain words whichever way it went. */
export type Verdict = { holds: boolean; code: string; message: string };

/** The leaf of one kind. */
export type LeafOf<Kind extends LeafKind> = Extract<Leaf, { kind: Kind }>;

/** The person whom a leaf asks for; null while they are not known. */
export function personOf(who: Person, facts: ConditionFacts): PersonFact | null {
  return facts[who === "owner" ? facts.owner : who];
}

/**
 * "The advocate", "The friend": the subject of a sentence about the person whom a leaf asks for.
 */
export function subjectOf(who: Person, facts: ConditionFacts): string {
  return (who === "owner" ? facts.owner : who) === "advocate" ? "The advocate" : "The friend";
}

/** "tea, cups or pots": the first few, and how many more. */
export function listWords(names: readonly string[]): string {
  const shown = names.slice(0, 5);
  if (names.length > 5) return `${shown.join(", ")} or ${names.length - 5} more`;
  return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}`;
}

/** Whether two texts are the same to a person: without regard to case and spaces around. */
export function sameText(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
