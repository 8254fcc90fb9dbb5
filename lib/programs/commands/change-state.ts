import { DomainError } from "@/lib/core/errors";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inSandboxOf } from "@/lib/merchants/commands/in-sandbox";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { mayBecome } from "../rules";
import type { ProgramState } from "../schema";
import { lockProgram } from "./lock-program";

/**
 * Pauses, resumes or ends a program, and its twin in test mode. @throws DomainError conflict for a
 * step that its state does not allow
 */
export async function changeProgramState(
  scope: Scope,
  input: { programId: string; state: Extract<ProgramState, "live" | "paused" | "ended"> },
): Promise<void> {
  requirePermission(scope, "program.edit");
  await inScope(scope, async (tx) => {
    const program = await lockProgram(tx, input.programId);
    if (program.state === input.state) return;
    if (!mayBecome(program.state, input.state) || program.currentVersion === null) {
      throw new DomainError(
        "conflict",
        `A program that is ${program.state} cannot become ${input.state}.`,
      );
    }
    const set = (tx: Tx) =>
      tx.db.program.updateMany({
        where: { merchantId: tx.merchantId, id: program.id },
        data: {
          state: input.state,
          updatedAt: scopeNow(tx),
          ...(input.state === "ended" && { endedAt: scopeNow(tx) }),
        },
      });
    await set(tx);
    await recordAudit(tx, {
      action: `program.${input.state}`,
      subjectType: "program",
      subjectId: program.id,
      summary: `Set “${program.name}” to ${input.state}`,
      detail: { from: program.state },
    });
    await inSandboxOf(tx, async (sandbox) => void (await set(sandbox)));
  });
}
