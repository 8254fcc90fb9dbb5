"use server";

import { z } from "zod";
import { merchantAction } from "@/lib/auth/action";
import { inScope } from "@/lib/merchants/scope";
import { changeProgramState } from "@/lib/programs/commands/change-state";
import { copyProgram, createProgram } from "@/lib/programs/commands/create-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { saveDetails } from "@/lib/programs/commands/edit-terms";
import { programFormSchema } from "@/lib/programs/forms/program-form";

const programIdSchema = z.string().min(1).max(40);

/** Creates a program from the one-page form, and publishes it in the same transaction if asked. */
export const addProgram = merchantAction(
  z.looseObject({ intent: z.enum(["draft", "publish"]).default("draft") }),
  "program.edit",
  (scope, { intent, ...form }) =>
    inScope(scope, async (tx) => {
      const { currency, timeZone } = tx;
      const { id } = await createProgram(tx, programFormSchema(currency, timeZone).parse(form));
      const version = intent === "publish" ? (await publishProgram(tx, id)).version : null;
      return { programId: id, version };
    }),
);

/** Saves what a program is besides its rules in the draft. */
export const editDetails = merchantAction(
  z.looseObject({ programId: programIdSchema }),
  "program.edit",
  (scope, { programId, ...form }) => saveDetails(scope, programId, form),
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
