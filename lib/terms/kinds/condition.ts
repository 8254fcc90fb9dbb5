import { z } from "zod";
import type { ConditionFacts, CountKind, PersonFact } from "../facts/conditions";
import type { FormOfKind } from "../form/fields";
import { PEOPLE, type Person } from "../schema/sides";
import type { CustomerContext, StaffContext } from "../words/context";

/** A condition's answer, with its reason in plain words whichever way it went. */
export type Verdict = { holds: boolean; code: string; message: string };

/**
 * What a condition or calculator looks at beside an order's total: nothing else needs to be read or
 * kept.
 */
export type Asks = {
  /** Lines of orders. */
  lines?: boolean;
  /** Where it happened or through which channel: stands in the event. */
  event?: boolean;
  /** Traits by name, of anybody. */
  traits?: readonly string[];
  /** Tiers of anybody. */
  tiers?: boolean;
  counts?: readonly CountKind[];
};

/**
 * Everything about a kind of condition. What is not known does not match: `judge` says no to it.
 */
export type ConditionKind<Data extends { kind: string }> = {
  /** An object of its own kind, for the union of all. */
  schema: z.ZodType<Data> & z.ZodObject<{ kind: z.ZodLiteral<Data["kind"]> }>;
  form: FormOfKind;
  /** It looks at an order or the moment alone, and says nothing about a person. */
  isAboutOrder?: true;
  asks?(condition: Data): Asks;
  judge(condition: Data, facts: ConditionFacts): Verdict;
  /** "an order of $50 or more": goes on a sentence in the dashboard. */
  staffWords(condition: Data, by: StaffContext): string;
  /** Short phrases of the customer's page, all of which have to be true. */
  customerWords(condition: Data, by: CustomerContext): string[];
  /**
   * The order total that it asks for, where it asks for nothing else: a first purchase says it in
   * its own words.
   */
  leastOrder?(condition: Data): string;
};

export const personSchema = z.enum(PEOPLE);

/** A list of names of which one has to match. @param what one of them: "category" */
export function namesSchema(what: string) {
  return z.array(z.string().trim().min(1).max(200)).min(1, `Name at least one ${what}.`).max(200);
}

/** The person whom a condition asks for; null while they are not known. */
export function personOf(who: Person, facts: ConditionFacts): PersonFact | null {
  return facts[who === "owner" ? facts.owner : who];
}

/**
 * "The advocate", "The friend": the subject of a sentence about the person whom a condition asks
 * for.
 */
export function subjectOf(who: Person, facts: ConditionFacts): string {
  return (who === "owner" ? facts.owner : who) === "advocate" ? "The advocate" : "The friend";
}

/** "the advocate": the same where rules are described. */
export const WHOSE: Record<Person, string> = {
  owner: "the receiver",
  advocate: "the advocate",
  friend: "the friend",
};

/** "tea, cups or pots": the first few, and how many more. */
export function fewWords(names: readonly string[]): string {
  const shown = names.slice(0, 5);
  if (names.length > 5) return `${shown.join(", ")} or ${names.length - 5} more`;
  return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}`;
}

/** Whether two texts are the same to a person: without regard to case and spaces around. */
export function sameText(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** What a trait says, as texts; an object says nothing that a value could be compared with. */
export function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? [String(value)]
    : [];
}
