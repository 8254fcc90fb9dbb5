import type { ProgramForm } from "./form";
import { mainRule } from "./rules";
import type { Rule, Side, Terms } from "./schema";

/**
 * What the one-page form says, laid over the terms that it edits: what it has no fields for stays
 * as it was, above all the other rules. Pure.
 * @param shown the form as it stood for `before`; a field that still says the same changes nothing
 * @param read the terms made of `form` alone
 */
export function keepUnshown(
  before: Terms,
  shown: ProgramForm,
  form: ProgramForm,
  read: Terms,
): Terms {
  const mains = (["advocate", "friend"] as const).map((side) => {
    const rule = sideRule(before, side, shown, form, read);
    return { old: mainRule(before, side), rule };
  });
  const kept = before.rules.flatMap((rule) => {
    const main = mains.find(({ old }) => old === rule);
    return main ? (main.rule ? [main.rule] : []) : [rule];
  });
  const added = mains.flatMap(({ old, rule }) => (old || !rule ? [] : [rule]));
  const { caps, experiment, nominations } = before;
  return {
    ...read,
    rules: [...kept, ...added],
    qualification:
      form.trigger === "kept" || sameTrigger(shown, form)
        ? before.qualification
        : read.qualification,
    ...(caps && { caps }),
    ...(experiment && { experiment }),
    ...(nominations && { nominations }),
    startsAt: form.startsOn === shown.startsOn ? before.startsAt : read.startsAt,
    endsAt: form.endsOn === shown.endsOn ? before.endsAt : read.endsAt,
  };
}

function sideRule(
  before: Terms,
  side: Side,
  shown: ProgramForm,
  form: ProgramForm,
  read: Terms,
): Rule | undefined {
  const old = mainRule(before, side);
  if (form[`${side}Benefit`] === "kept")
    return old && { ...old, holdDays: heldFor(old, old.on, shown, form) };
  const now = read.rules.find((rule) => rule.side === side);
  if (!now) return undefined;
  if (!old) return { ...now, id: freeId(side, before.rules) };
  return {
    ...old,
    on: now.on,
    calculator: now.calculator,
    // Of the same kind, a benefit keeps where its codes come from.
    benefit:
      old.benefit.kind === now.benefit.kind
        ? ({ ...old.benefit, ...now.benefit } as Rule["benefit"])
        : now.benefit,
    holdDays: old.on.kind === now.on.kind ? heldFor(old, now.on, shown, form) : now.holdDays,
  };
}

function heldFor(old: Rule, on: Rule["on"], shown: ProgramForm, form: ProgramForm): number {
  return form.holdDays === shown.holdDays || on.kind === "join" ? old.holdDays : form.holdDays;
}

function sameTrigger(shown: ProgramForm, form: ProgramForm): boolean {
  return (
    form.trigger === shown.trigger &&
    form.triggerAmount === shown.triggerAmount &&
    form.goalType === shown.goalType
  );
}

/** `wanted`, or with a number after it where a rule has it already. */
export function freeId(wanted: string, rules: readonly Pick<Rule, "id">[]): string {
  const taken = (id: string) => rules.some((rule) => rule.id === id);
  if (!taken(wanted)) return wanted;
  let number = 2;
  while (taken(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}
