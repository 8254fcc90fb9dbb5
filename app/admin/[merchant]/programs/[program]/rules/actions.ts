"use server";

import { z } from "zod";
import { merchantAction } from "@/lib/auth/action";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import {
  duplicateRule,
  moveRule,
  removeRule,
  restoreRule,
  saveRule,
  switchRule,
} from "@/lib/programs/commands/edit-rules";
import { saveFraud, saveLimits, saveQualification } from "@/lib/programs/commands/edit-terms";
import { endExperiment, saveExperiment } from "@/lib/programs/experiments/commands";
import {
  experimentFormSchema,
  fraudFormSchema,
  limitsFormSchema,
  qualificationFormSchema,
  ruleFormSchema,
} from "@/lib/terms/form/shape";

const programId = z.string().min(1).max(40);
const ruleId = z.string().min(1).max(40);

/** A form, or a rule, sent as JSON text: a tree of conditions does not fit into form fields. */
function sent<S extends z.ZodType>(schema: S) {
  return z
    .string()
    .max(200_000)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: "custom", message: "Invalid form." });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

export const keepRule = merchantAction(
  z.object({ programId, ruleId: ruleId.optional(), form: sent(ruleFormSchema) }),
  "program.edit",
  (scope, { programId, ruleId, form }) => saveRule(scope, programId, ruleId ?? null, form),
);

export const deleteRule = merchantAction(
  z.object({ programId, ruleId }),
  "program.edit",
  (scope, { programId, ruleId }) => removeRule(scope, programId, ruleId),
);

export const putRuleBack = merchantAction(
  z.object({ programId, rule: sent(z.unknown()), index: z.coerce.number().int().min(0).max(40) }),
  "program.edit",
  (scope, { programId, rule, index }) => restoreRule(scope, programId, { rule, index }),
);

export const copyRule = merchantAction(
  z.object({ programId, ruleId }),
  "program.edit",
  (scope, { programId, ruleId }) => duplicateRule(scope, programId, ruleId),
);

export const placeRule = merchantAction(
  z.object({ programId, ruleId, before: ruleId.optional() }),
  "program.edit",
  (scope, { programId, ruleId, before }) => moveRule(scope, programId, ruleId, before ?? null),
);

export const turnRule = merchantAction(
  z.object({ programId, ruleId, on: z.stringbool() }),
  "program.edit",
  (scope, { programId, ruleId, on }) => switchRule(scope, programId, ruleId, on),
);

export const keepQualification = merchantAction(
  z.object({ programId, form: sent(qualificationFormSchema) }),
  "program.edit",
  (scope, { programId, form }) => saveQualification(scope, programId, form),
);

export const keepLimits = merchantAction(
  z.object({ programId, form: sent(limitsFormSchema) }),
  "program.edit",
  (scope, { programId, form }) => saveLimits(scope, programId, form),
);

export const keepFraud = merchantAction(
  z.object({ programId, form: sent(fraudFormSchema) }),
  "program.edit",
  (scope, { programId, form }) => saveFraud(scope, programId, form),
);

export const keepExperiment = merchantAction(
  z.object({ programId, form: sent(experimentFormSchema) }),
  "program.edit",
  (scope, { programId, form }) => saveExperiment(scope, programId, form),
);

export const stopExperiment = merchantAction(
  z.object({ programId, winner: z.string().max(40).optional() }),
  "program.edit",
  (scope, { programId, winner }) => endExperiment(scope, programId, winner ?? null),
);

/** Publishes the draft as it stands. */
export const publishDraft = merchantAction(
  z.object({ programId }),
  "program.edit",
  (scope, { programId }) => publishProgram(scope, programId),
);
