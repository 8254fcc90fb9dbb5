import { DomainError } from "@/lib/core/errors";
import type { Scope } from "@/lib/merchants/scope";
import { readRuleForm, type RuleForm } from "@/lib/terms/form";
import { inArm } from "@/lib/terms/rules/applying";
import { type Rule, ruleSchema, type Terms } from "@/lib/terms/schema";
import { editDraft, requireRead } from "./edit-draft";

/**
 * Saves a rule in the draft. @param ruleId null for a new one, which is added at the end
 * @throws z.ZodError with the form's paths, DomainError not_found, and conflict for a program that
 * has ended
 */
export async function saveRule(
  scope: Scope,
  programId: string,
  ruleId: string | null,
  form: RuleForm,
): Promise<{ ruleId: string }> {
  return editDraft(scope, programId, ({ terms }) => {
    const id = ruleId ?? newRuleId(form, terms);
    const rule = requireRead(readRuleForm(form, id));
    const index = terms.rules.findIndex((rule) => rule.id === id);
    if (ruleId !== null && index < 0)
      throw new DomainError(
        "not_found",
        "This rule was deleted in the meantime. Add it as a new rule.",
      );
    const rules = index < 0 ? [...terms.rules, rule] : terms.rules.with(index, rule);
    return {
      terms: { ...terms, rules },
      place: `rules.${index < 0 ? terms.rules.length : index}`,
      answer: { ruleId: id },
    };
  });
}

/**
 * Deletes a rule from the draft. @returns the rule and its place, for `restoreRule`
 * @throws DomainError conflict for the last rule: a program needs a reward
 */
export async function removeRule(
  scope: Scope,
  programId: string,
  ruleId: string,
): Promise<{ rule: Rule; index: number }> {
  return editDraft(scope, programId, ({ terms }) => {
    const index = indexOf(terms, ruleId);
    if (terms.rules.length === 1)
      throw new DomainError(
        "conflict",
        "A program needs at least one rule. Switch this one off, or add another first.",
      );
    return {
      terms: { ...terms, rules: terms.rules.toSpliced(index, 1) },
      answer: { rule: terms.rules[index]!, index },
    };
  });
}

/** Restores a deleted rule at its place. */
export async function restoreRule(
  scope: Scope,
  programId: string,
  { rule, index }: { rule: unknown; index: number },
): Promise<null> {
  const read = ruleSchema.parse(rule);
  return editDraft(scope, programId, ({ terms }) => {
    const arm = terms.experiment?.arms.some(({ id }) => id === read.arm) ? read.arm : undefined;
    const back = inArm({ ...read, id: freeId(read.id, terms.rules) }, arm);
    return { terms: { ...terms, rules: terms.rules.toSpliced(index, 0, back) }, answer: null };
  });
}

/** Adds a copy of a rule right after it, switched off. */
export async function duplicateRule(
  scope: Scope,
  programId: string,
  ruleId: string,
): Promise<{ ruleId: string }> {
  return editDraft(scope, programId, ({ terms }) => {
    const index = indexOf(terms, ruleId);
    const rule = terms.rules[index]!;
    const copy: Rule = {
      ...rule,
      id: freeId(`${rule.id.slice(0, 34)}-copy`, terms.rules),
      off: true,
      ...(rule.name && { name: `${rule.name} (copy)`.slice(0, 80) }),
    };
    return {
      terms: { ...terms, rules: terms.rules.toSpliced(index + 1, 0, copy) },
      answer: { ruleId: copy.id },
    };
  });
}

/** Moves a rule before another, or to the end (null). The order only affects what people read. */
export async function moveRule(
  scope: Scope,
  programId: string,
  ruleId: string,
  before: string | null,
): Promise<null> {
  return editDraft(scope, programId, ({ terms }) => {
    const rule = terms.rules[indexOf(terms, ruleId)]!;
    const others = terms.rules.filter(({ id }) => id !== ruleId);
    const index = before === null ? others.length : others.findIndex(({ id }) => id === before);
    return {
      terms: { ...terms, rules: others.toSpliced(index < 0 ? others.length : index, 0, rule) },
      answer: null,
    };
  });
}

/**
 * Switches a rule on or off. A rule that is off stays in the draft and is left out when it is
 * published.
 */
export async function switchRule(
  scope: Scope,
  programId: string,
  ruleId: string,
  on: boolean,
): Promise<null> {
  return editDraft(scope, programId, ({ terms }) => {
    const index = indexOf(terms, ruleId);
    const { off: _off, ...rule } = terms.rules[index]!;
    return {
      terms: { ...terms, rules: terms.rules.with(index, on ? rule : { ...rule, off: true }) },
      answer: null,
    };
  });
}

function indexOf(terms: Terms, ruleId: string): number {
  const index = terms.rules.findIndex(({ id }) => id === ruleId);
  if (index < 0) throw new DomainError("not_found", "This rule does not exist.");
  return index;
}

/** An id that says in the API what the rule is for. */
function newRuleId({ side, on, name }: RuleForm, { rules }: Terms): string {
  const words = (name || `${side}-${on.kind}`)
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return freeId(words.slice(0, 36) || `${side}-${on.kind.replaceAll("_", "-")}`, rules);
}

/** `wanted`, or with a number after it where a rule has it already. */
function freeId(wanted: string, rules: readonly Pick<Rule, "id">[]): string {
  const taken = (id: string) => rules.some((rule) => rule.id === id);
  if (!taken(wanted)) return wanted;
  let number = 2;
  while (taken(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}
