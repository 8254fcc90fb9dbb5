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
  return inScope(scope, async (tx) => {
    const program = await findProgram(tx, idOrSlug);
    if (program.state === "draft")
      throw new DomainError("conflict", "This program has not been published yet.");
    await changeProgramState(tx, { programId: program.id, state });
    return programToJson(tx, await programRecord(tx, program.id));
  });
}
