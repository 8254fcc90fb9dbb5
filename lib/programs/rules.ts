import type { Condition, ProgramState, Terms } from "./schema";

/** Whether a program takes new friends now, and if not, why. */
export type Openness = { open: true } | { open: false; reason: "draft" | "paused" | "ended" | "not_started" };

/** @param now the merchant's time */
export function openness(program: { state: string }, terms: Pick<Terms, "startsAt" | "endsAt">, now: Date): Openness {
  const state = program.state as ProgramState;
  if (state !== "live") return { open: false, reason: state };
  if (terms.startsAt && now < new Date(terms.startsAt)) return { open: false, reason: "not_started" };
  if (terms.endsAt && now >= new Date(terms.endsAt)) return { open: false, reason: "ended" };
  return { open: true };
}

/** True when the terms were in force at `at`: the window in which events may count. */
export function withinDates(terms: Pick<Terms, "startsAt" | "endsAt">, at: Date): boolean {
  return (!terms.startsAt || at >= new Date(terms.startsAt)) && (!terms.endsAt || at < new Date(terms.endsAt));
}

/** The steps a program's state may take. Ended is for good; its past stays readable. */
const NEXT: Record<ProgramState, readonly ProgramState[]> = {
  draft: ["live"], live: ["paused", "ended"], paused: ["live", "ended"], ended: [],
};

export function mayBecome(from: string, to: ProgramState): boolean {
  return NEXT[from as ProgramState].includes(to);
}

/** One difference between two versions: where, and both values as shown. */
export type Change = { path: string; before: string; after: string };

/**
 * What changed between two versions of the terms, leaf by leaf, rules matched by their id.
 * Times, amounts and words come as stored; the page words them.
 */
export function changesBetween(before: Terms, after: Terms): Change[] {
  const left = leaves(keyRules(before));
  const right = leaves(keyRules(after));
  return [...new Set([...left.keys(), ...right.keys()])].sort().flatMap((path) => {
    const [was, is] = [left.get(path) ?? "", right.get(path) ?? ""];
    return was === is ? [] : [{ path, before: was, after: is }];
  });
}

function keyRules(terms: Terms): unknown {
  return { ...terms, rules: Object.fromEntries(terms.rules.map((rule) => [rule.id, rule])) };
}

function leaves(value: unknown, path = "", found = new Map<string, string>()): Map<string, string> {
  if (value !== null && typeof value === "object") {
    for (const [key, inner] of Object.entries(value)) leaves(inner, path ? `${path}.${key}` : key, found);
  } else if (value !== null && value !== undefined) {
    found.set(path, String(value));
  }
  return found;
}

/** No condition at all. */
export const ALWAYS: Condition = { all: [] };
