import { randomCharacters, newId } from "@/lib/core/id";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import { type Terms, termsSchema } from "@/lib/terms/schema";
import { lockProgram } from "./lock-program";
import { openFirstLeaderboard } from "./open-first-leaderboard";
import { requireCurrency, termsAsJson } from "./stored-terms";

/**
 * Creates a program in draft.
 * @returns its id and its slug, the name in the URL of the customer's page
 * @throws DomainError invalid_request when the terms are in another currency than the merchant's
 */
export async function createProgram(
  scope: Scope,
  input: { name: string; terms: Terms },
): Promise<{ id: string; slug: string }> {
  requirePermission(scope, "program.edit");
  requireCurrency(scope, input.terms);
  return inScope(scope, async (tx) => {
    const now = scopeNow(tx);
    const program = await tx.db.program.create({
      data: {
        merchantId: tx.merchantId,
        id: newId("prg"),
        slug: slugOf(tx, input.name),
        name: input.name,
        state: "draft",
        draft: termsAsJson(input.terms),
        createdAt: now,
        updatedAt: now,
        budget: { create: {} },
      },
      select: { id: true, slug: true },
    });
    await openFirstLeaderboard(tx.db, tx.merchantId, program.id, now);
    await recordAudit(tx, {
      action: "program.create",
      subjectType: "program",
      subjectId: program.id,
      summary: `Created “${input.name}”`,
      detail: {},
    });
    return program;
  });
}

/** Creates a draft with the same terms as a program's draft. @throws DomainError not_found */
export async function copyProgram(
  scope: Scope,
  programId: string,
): Promise<{ id: string; slug: string }> {
  return inScope(scope, async (tx) => {
    const { name, draft } = await lockProgram(tx, programId);
    return createProgram(tx, {
      name: `${name} (copy)`.slice(0, 80),
      terms: termsSchema.parse(draft),
    });
  });
}

function slugOf(scope: Scope, name: string): string {
  const words = `${scope.merchantSlug} ${name}`
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return `${words.slice(0, 60)}-${randomCharacters(4)}`;
}
