import {
  ADVOCATE_TRIGGERS,
  type Condition,
  type ProgramState,
  type Rule,
  type Side,
  type Terms,
} from "./schema";

/** Whether a program takes new friends now, and if not, why. */
export type Openness =
  { open: true } | { open: false; reason: "draft" | "paused" | "ended" | "not_started" };

/** @param now the merchant's time */
export function openness(
  program: { state: string },
  terms: Pick<Terms, "startsAt" | "endsAt">,
  now: Date,
): Openness {
  const state = program.state as ProgramState;
  if (state !== "live") return { open: false, reason: state };
  if (terms.startsAt && now < new Date(terms.startsAt))
    return { open: false, reason: "not_started" };
  if (terms.endsAt && now >= new Date(terms.endsAt)) return { open: false, reason: "ended" };
  return { open: true };
}

/** True when the terms were in force at `at`: the window in which events may count. */
export function withinDates(terms: Pick<Terms, "startsAt" | "endsAt">, at: Date): boolean {
  return (
    (!terms.startsAt || at >= new Date(terms.startsAt)) &&
    (!terms.endsAt || at < new Date(terms.endsAt))
  );
}

/** The steps a program's state may take. Ended is for good; its past stays readable. */
const NEXT: Record<ProgramState, readonly ProgramState[]> = {
  draft: ["live"],
  live: ["paused", "ended"],
  paused: ["live", "ended"],
  ended: [],
};

export function mayBecome(from: string, to: ProgramState): boolean {
  return NEXT[from as ProgramState].includes(to);
}

/** Terms without the rules that are switched off: what publishing puts in force. */
export function inForce<T extends Pick<Terms, "rules">>(terms: T): T {
  return { ...terms, rules: terms.rules.filter((rule) => !rule.off) };
}

/**
 * Terms as they hold for one advocate and their friends: the rules of all, and those of the arm
 * that the advocate is in.
 * @param arm null for one who is in no arm
 */
export function termsForArm(terms: Terms, arm: string | null): Terms {
  return {
    ...terms,
    rules: inForce(terms).rules.filter((rule) => rule.arm === undefined || rule.arm === arm),
  };
}

/**
 * True for a rule on what the advocate does themselves or becomes: no single referral of theirs
 * earns it.
 */
export function isOwnDoing(rule: Pick<Rule, "on">): boolean {
  return ADVOCATE_TRIGGERS.includes(rule.on.kind);
}

/**
 * What has to be looked at for terms beside friends' events: kinds of advocates' triggers, and
 * "experiment".
 */
export function watchesOf(terms: Pick<Terms, "rules" | "experiment">): string[] {
  return [
    ...terms.rules.filter(isOwnDoing).map((rule) => rule.on.kind),
    ...(terms.experiment ? ["experiment"] : []),
  ];
}

/**
 * The rule that stands for what a side gets for a referral: the one form's, else the first that
 * waits for the friend. Undefined for a side that gets nothing for it.
 */
export function mainRule(terms: Pick<Terms, "rules">, side: Side): Rule | undefined {
  const own = terms.rules.filter(
    (rule) => rule.side === side && !rule.off && rule.arm === undefined && !isOwnDoing(rule),
  );
  return own.find(({ id }) => id === side) ?? own[0];
}

/** One difference between two versions: where, and both values as shown. */
export type Change = { path: string; before: string; after: string };

/**
 * What changed between two versions of the terms, leaf by leaf, rules matched by their id. Rules
 * that are switched off count as not there. Times, amounts and words come as stored; the page words
 * them.
 */
export function changesBetween(before: Terms, after: Terms): Change[] {
  const [was, is] = [inForce(before), inForce(after)];
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

/** No condition at all. */
export const ALWAYS: Condition = { all: [] };

/** The rule in an arm of the experiment; `undefined` puts it in none. */
export function inArm({ arm: _arm, ...rule }: Rule, arm: string | undefined): Rule {
  return arm === undefined ? rule : { ...rule, arm };
}
