"use server";

import { z } from "zod";
import { merchantAction } from "@/lib/auth/action";
import { inScope } from "@/lib/merchants/scope";
import { changeProgramState, copyProgram, publishProgram } from "@/lib/programs/commands";
import { saveForm } from "@/lib/programs/save-form";

const programIdSchema = z.string().min(1).max(40);

/** Keeps the form as a draft, new or not; publishing is done in the same transaction. */
export const saveProgram = merchantAction(
  z.looseObject({
    programId: programIdSchema.optional(),
    intent: z.enum(["draft", "publish"]).default("draft"),
  }),
  "program.edit",
  (scope, { programId, intent, ...form }) =>
    inScope(scope, async (_, scope) => {
      const id = await saveForm(scope, programId ?? null, form);
      const version = intent === "publish" ? (await publishProgram(scope, id)).version : null;
      return { programId: id, version };
    }),
);

export const setProgramState = merchantAction(
  z.object({ programId: programIdSchema, state: z.enum(["live", "paused", "ended"]) }),
  "program.edit",
  async (scope, input) => {
    await changeProgramState(scope, input);
    return null;
  },
);

export const duplicateProgram = merchantAction(
  z.object({ programId: programIdSchema }),
  "program.edit",
  async (scope, { programId }) => ({ programId: (await copyProgram(scope, programId)).id }),
);
