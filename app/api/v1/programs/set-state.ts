import { DomainError } from "@/lib/core/errors";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { changeProgramState } from "@/lib/programs/commands/change-state";
import { type ProgramJson, programToJson } from "@/lib/programs/json";
import { findProgram, programRecord } from "@/lib/programs/queries";

/** Pauses, resumes or ends a program, by id or slug, and returns it. */
export async function setState(
  scope: Scope,
  idOrSlug: string,
  state: "live" | "paused" | "ended",
): Promise<ProgramJson> {
  return inScope(scope, async (_, scope) => {
    const program = await findProgram(scope, idOrSlug);
    if (program.state === "draft")
      throw new DomainError("conflict", "This program has not been published yet.");
    await changeProgramState(scope, { programId: program.id, state });
    return programToJson(scope, await programRecord(scope, program.id));
  });
}
