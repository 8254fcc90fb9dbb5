import type { Scope } from "@/lib/merchants/scope";
import { editDraft, problemsError, requireRead } from "../commands/edit-draft";
import { type ExperimentForm, readExperimentForm } from "@/lib/terms/form";
import { inArm } from "@/lib/terms/rules/applying";
import type { Rule } from "@/lib/terms/schema";
import { publishedExperiment } from "./queries";
import { sameArms } from "./rules";

/**
 * Saves an experiment in the draft, and which rules belong to its arms. @throws z.ZodError (arms)
 * when the arms of a published one were changed
 */
export async function saveExperiment(
  scope: Scope,
  programId: string,
  form: ExperimentForm,
): Promise<null> {
  return editDraft(scope, programId, async ({ terms }, scope) => {
    const { experiment, rules } = requireRead(readExperimentForm(form, terms.rules));
    const published = await publishedExperiment(scope, programId, experiment.id);
    if (published && !sameArms(published, experiment)) {
      throw problemsError([
        {
          path: "arms",
          message: "Arms are fixed once they are published. Start a new experiment to change them.",
        },
      ]);
    }
    return { terms: { ...terms, experiment, rules }, place: "experiment", answer: null };
  });
}

/**
 * Ends the experiment in the draft: the winning arm's rules apply to everyone, those of the other
 * arms are switched off. @param winner the arm's id; null when none won
 */
export async function endExperiment(
  scope: Scope,
  programId: string,
  winner: string | null,
): Promise<null> {
  return editDraft(scope, programId, ({ terms: { experiment: _experiment, ...terms } }) => {
    const rules = terms.rules.map((rule): Rule => {
      if (rule.arm === undefined) return rule;
      return rule.arm === winner
        ? inArm(rule, undefined)
        : { ...inArm(rule, undefined), off: true };
    });
    return { terms: { ...terms, rules }, answer: null };
  });
}
