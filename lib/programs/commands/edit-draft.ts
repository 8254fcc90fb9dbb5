import { z } from "zod";
import { DomainError } from "@/lib/core/errors";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import type { Problem, Read } from "@/lib/terms/form";
import { programNameSchema } from "../schema";
import { type Terms, termsSchema } from "@/lib/terms/schema";
import { lockProgram } from "./lock-program";
import { requireCurrency, termsAsJson } from "./stored-terms";

/** A program's draft while it is being edited. */
export type Draft = { id: string; name: string; terms: Terms; currentVersion: number | null };

/** What an edit makes of a draft. */
export type Edited<T> = {
  terms: Terms;
  /** The program's new name; left out, it keeps the one it has. */
  name?: string;
  answer: T;
  /** Where in the terms the form stands, such as "rules.2": its problems lose that prefix. */
  place?: string;
};

/**
 * Changes a program's draft as it stands now, and not as it stood when a page was opened: two
 * people who edit two rules do not undo each other's. The only way a draft is written; nothing that
 * is published changes.
 * @param edit called once the program is locked, in the transaction of its scope
 * @throws z.ZodError with the form's paths, DomainError not_found, and conflict for a program that
 * has ended
 */
export async function editDraft<T>(
  scope: Scope,
  programId: string,
  edit: (draft: Draft, tx: Tx) => Edited<T> | Promise<Edited<T>>,
): Promise<T> {
  requirePermission(scope, "program.edit");
  return inScope(scope, async (tx) => {
    const program = await lockProgram(tx, programId);
    const { id, currentVersion } = program;
    if (program.state === "ended")
      throw new DomainError("conflict", "This program has ended. Copy it to run it again.");
    const draft = {
      id,
      name: program.name,
      terms: termsSchema.parse(program.draft),
      currentVersion,
    };
    const { name = program.name, terms, place, answer } = await edit(draft, tx);
    const checked = termsSchema.safeParse(terms);
    if (!checked.success)
      throw problemsError(
        checked.error.issues.map(({ path, message }) => ({
          path: within(path.map(String).join("."), place),
          message,
        })),
      );
    requireCurrency(tx, checked.data);
    await tx.db.program.update({
      where: { merchantId_id: { merchantId: tx.merchantId, id } },
      data: {
        name: programNameSchema.parse(name),
        draft: termsAsJson(checked.data),
        updatedAt: scopeNow(tx),
      },
    });
    await recordAudit(tx, {
      action: "program.save_draft",
      subjectType: "program",
      subjectId: id,
      summary: `Edited “${name}”`,
      detail: {},
    });
    return answer;
  });
}

/**
 * Replaces the whole draft, without publishing it. @throws DomainError not_found, and conflict for
 * a program that has ended
 */
export async function saveDraft(
  scope: Scope,
  { programId, name, terms }: { programId: string; name: string; terms: Terms },
): Promise<void> {
  await editDraft(scope, programId, () => ({ name, terms, answer: undefined }));
}

/** What was read from a form. @throws z.ZodError with its problems, when it has any */
export function requireRead<T>({ value, problems }: Read<T>): T {
  if (problems.length > 0) throw problemsError(problems);
  return value;
}

/** Problems of a form as validation errors, at their places in it. */
export function problemsError(problems: readonly Problem[]): z.ZodError {
  return new z.ZodError(
    problems.map(({ path, message }) => ({
      code: "custom",
      path: path.split("."),
      message,
      input: undefined,
    })),
  );
}

function within(path: string, place: string | undefined): string {
  return place && path.startsWith(`${place}.`) ? path.slice(place.length + 1) : path;
}
