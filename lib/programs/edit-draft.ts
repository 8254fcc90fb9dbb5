import { z } from "zod";
import { DomainError } from "@/lib/core/errors";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { lockProgram, saveDraft } from "./commands";
import { sameArms, publishedExperiment } from "./fixed-arms";
import { freeId } from "./form-merge";
import {
  type ExperimentForm,
  type LimitsForm,
  type Problem,
  type QualificationForm,
  type Read,
  readExperimentForm,
  readLimitsForm,
  readQualificationForm,
  readRuleForm,
  type RuleForm,
} from "./rule-form";
import { inArm } from "./rule-form/read";
import { type Rule, ruleSchema, type Terms, termsSchema } from "./schema";

/**
 * Changes one thing of a program's draft, as it stands now and not as it stood when a page was
 * opened: two people who edit two rules do not undo each other's. All of these throw z.ZodError
 * with the form's places, DomainError not_found, and conflict for a program that has ended.
 */

/** Keeps a rule. @param ruleId null for a new one, which is added at the end */
export async function saveRule(
  scope: Scope,
  programId: string,
  ruleId: string | null,
  form: RuleForm,
): Promise<{ ruleId: string }> {
  return editDraft(scope, programId, (terms) => {
    const id = ruleId ?? newRuleId(form, terms);
    const rule = required(readRuleForm(form, id));
    const index = terms.rules.findIndex((rule) => rule.id === id);
    if (ruleId !== null && index < 0)
      throw new DomainError(
        "not_found",
        "This rule was deleted in the meantime. Make a new one to keep it.",
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
 * Takes a rule out, and hands it back so that it can be put back. The last one stays: a program
 * needs a reward.
 */
export async function removeRule(
  scope: Scope,
  programId: string,
  ruleId: string,
): Promise<{ rule: Rule; index: number }> {
  return editDraft(scope, programId, (terms) => {
    const index = indexOf(terms, ruleId);
    if (terms.rules.length === 1)
      throw new DomainError(
        "conflict",
        "A program needs a reward. Switch it off, or add another rule first.",
      );
    return {
      terms: { ...terms, rules: terms.rules.toSpliced(index, 1) },
      answer: { rule: terms.rules[index]!, index },
    };
  });
}

/** Puts a rule back where it was. */
export async function restoreRule(
  scope: Scope,
  programId: string,
  { rule, index }: { rule: unknown; index: number },
): Promise<null> {
  const read = ruleSchema.parse(rule);
  return editDraft(scope, programId, (terms) => {
    const arm = terms.experiment?.arms.some(({ id }) => id === read.arm) ? read.arm : undefined;
    const back = inArm({ ...read, id: freeId(read.id, terms.rules) }, arm);
    return { terms: { ...terms, rules: terms.rules.toSpliced(index, 0, back) }, answer: null };
  });
}

/** A second rule that says the same, switched off until it says something else. */
export async function duplicateRule(
  scope: Scope,
  programId: string,
  ruleId: string,
): Promise<{ ruleId: string }> {
  return editDraft(scope, programId, (terms) => {
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

/** Moves a rule to stand before another, or at the end (null). Order is only what people read. */
export async function moveRule(
  scope: Scope,
  programId: string,
  ruleId: string,
  before: string | null,
): Promise<null> {
  return editDraft(scope, programId, (terms) => {
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
 * Switches a rule on or off. One that is off stays in the draft, and is left out when it is
 * published.
 */
export async function switchRule(
  scope: Scope,
  programId: string,
  ruleId: string,
  on: boolean,
): Promise<null> {
  return editDraft(scope, programId, (terms) => {
    const index = indexOf(terms, ruleId);
    const { off: _off, ...rule } = terms.rules[index]!;
    return {
      terms: { ...terms, rules: terms.rules.with(index, on ? rule : { ...rule, off: true }) },
      answer: null,
    };
  });
}

/** Keeps what confirms a referral. */
export async function saveQualification(
  scope: Scope,
  programId: string,
  form: QualificationForm,
): Promise<null> {
  return editDraft(scope, programId, (terms) => {
    const qualification = required(readQualificationForm(form));
    return { terms: { ...terms, qualification }, place: "qualification", answer: null };
  });
}

/** Keeps limits over all rules, and whether friends are asked who told them. */
export async function saveLimits(scope: Scope, programId: string, form: LimitsForm): Promise<null> {
  return editDraft(scope, programId, ({ caps: _caps, nominations: _nominations, ...terms }) => ({
    terms: { ...terms, ...required(readLimitsForm(form)) },
    answer: null,
  }));
}

/**
 * Keeps an experiment, and which rules belong to its arms. @throws z.ZodError (arms) when the arms
 * of a published one were changed
 */
export async function saveExperiment(
  scope: Scope,
  programId: string,
  form: ExperimentForm,
): Promise<null> {
  return inScope(scope, async (_, scope) => {
    const published = await publishedExperiment(scope, programId, form.id);
    return editDraft(scope, programId, (terms) => {
      const { experiment, rules } = required(readExperimentForm(form, terms.rules));
      if (published && !sameArms(published, experiment)) {
        throw problemsError([
          {
            path: "arms",
            message:
              "Who was drawn stays drawn, so that these arms are fixed. Begin a new experiment to change them.",
          },
        ]);
      }
      return { terms: { ...terms, experiment, rules }, place: "experiment", answer: null };
    });
  });
}

/**
 * Ends the experiment in the draft; the rules of one arm become those of all, the others are
 * switched off.
 */
export async function endExperiment(
  scope: Scope,
  programId: string,
  winner: string | null,
): Promise<null> {
  return editDraft(scope, programId, ({ experiment: _experiment, ...terms }) => {
    const rules = terms.rules.map((rule): Rule => {
      if (rule.arm === undefined) return rule;
      return rule.arm === winner
        ? inArm(rule, undefined)
        : { ...inArm(rule, undefined), off: true };
    });
    return { terms: { ...terms, rules }, answer: null };
  });
}

type Edit<T> = {
  terms: Terms;
  answer: T;
  /** Under which place of the terms the form stands. */ place?: string;
};

async function editDraft<T>(
  scope: Scope,
  programId: string,
  change: (terms: Terms) => Edit<T>,
): Promise<T> {
  return inScope(scope, async (_, scope) => {
    const program = await lockProgram(scope, programId);
    const { terms, place, answer } = change(termsSchema.parse(program.draft));
    const checked = termsSchema.safeParse(terms);
    if (!checked.success)
      throw problemsError(
        checked.error.issues.map(({ path, message }) => ({
          path: within(path.map(String).join("."), place),
          message,
        })),
      );
    await saveDraft(scope, { programId, name: program.name, terms: checked.data });
    return answer;
  });
}

function within(path: string, place: string | undefined): string {
  return place && path.startsWith(`${place}.`) ? path.slice(place.length + 1) : path;
}

function required<T>({ value, problems }: Read<T>): T {
  if (problems.length > 0) throw problemsError(problems);
  return value;
}

function problemsError(problems: readonly Problem[]): z.ZodError {
  return new z.ZodError(
    problems.map(({ path, message }) => ({
      code: "custom",
      path: path.split("."),
      message,
      input: undefined,
    })),
  );
}

function indexOf(terms: Terms, ruleId: string): number {
  const index = terms.rules.findIndex(({ id }) => id === ruleId);
  if (index < 0) throw new DomainError("not_found", "There is no such rule.");
  return index;
}

/** An id that tells in the API what the rule is for. */
function newRuleId({ side, on, name }: RuleForm, { rules }: Terms): string {
  const words = (name || `${side}-${on.kind}`)
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return freeId(words.slice(0, 36) || `${side}-${on.kind.replaceAll("_", "-")}`, rules);
}
