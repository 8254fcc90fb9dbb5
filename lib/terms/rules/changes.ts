import type { Terms } from "../schema";
import { switchedOn } from "./applying";

/** One difference between two versions: where, and both values as shown. */
export type Change = { path: string; before: string; after: string };

/**
 * What changed between two versions of the terms, leaf by leaf, rules matched by their id. Rules
 * that are switched off count as not there. Times, amounts and words come as stored; the page words
 * them.
 */
export function changesBetween(before: Terms, after: Terms): Change[] {
  const [was, is] = [switchedOn(before), switchedOn(after)];
  const left = leaves(keyRules(was, is));
  const right = leaves(keyRules(is, was));
  return [...new Set([...left.keys(), ...right.keys()])].sort().flatMap((path) => {
    const [old, now] = [left.get(path) ?? "", right.get(path) ?? ""];
    return old === now ? [] : [{ path, before: old, after: now }];
  });
}

function keyRules(terms: Terms, other: Terms): unknown {
  const common = terms.rules.filter(({ id }) => other.rules.some((rule) => rule.id === id));
  return {
    ...terms,
    rules: Object.fromEntries(terms.rules.map((rule) => [rule.id, rule])),
    order: common.map(({ id }) => id).join(", "),
  };
}

function leaves(value: unknown, path = "", found = new Map<string, string>()): Map<string, string> {
  if (value !== null && typeof value === "object") {
    for (const [key, inner] of Object.entries(value))
      leaves(inner, path ? `${path}.${key}` : key, found);
  } else if (value !== null && value !== undefined) {
    found.set(path, String(value));
  }
  return found;
}
