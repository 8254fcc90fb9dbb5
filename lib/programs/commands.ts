import { randomCharacters, newId } from "@/lib/core/id";
import { type Prisma } from "@/lib/core/db";
import { assert, DomainError, notFound } from "@/lib/core/errors";
import { recordAudit } from "@/lib/merchants/audit";
import { inSandboxOf } from "@/lib/merchants/sandbox";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import { openFirstBoard } from "./first-leaderboard";
import { requireFixedArms } from "./fixed-arms";
import { requirePools } from "./pools";
import { inForce, mayBecome, watchesOf } from "./rules";
import { programNameSchema, type ProgramState, type Terms, termsSchema } from "./schema";

/**
 * Makes a program in draft.
 * @returns its id and its slug, the name in the address of the customer's page
 * @throws DomainError invalid_request when the terms are in another currency than the merchant's
 */
export async function createProgram(
  scope: Scope,
  input: { name: string; terms: Terms },
): Promise<{ id: string; slug: string }> {
  requirePermission(scope, "program.edit");
  checkCurrency(scope, input.terms);
  return inScope(scope, async (db, scope) => {
    const now = scopeNow(scope);
    const program = await db.program.create({
      data: {
        merchantId: scope.merchantId,
        id: newId("prg"),
        slug: slugOf(scope, input.name),
        name: input.name,
        state: "draft",
        draft: asJson(input.terms),
        createdAt: now,
        updatedAt: now,
        budget: { create: {} },
      },
      select: { id: true, slug: true },
    });
    await openFirstBoard(db, scope.merchantId, program.id, now);
    await recordAudit(scope, {
      action: "program.create",
      subjectType: "program",
      subjectId: program.id,
      summary: `Created “${input.name}”`,
      detail: {},
    });
    return program;
  });
}

/**
 * Keeps edited terms, unpublished. What runs does not change. @throws DomainError conflict when the
 * program has ended
 */
export async function saveDraft(
  scope: Scope,
  input: { programId: string; name: string; terms: Terms },
): Promise<void> {
  requirePermission(scope, "program.edit");
  checkCurrency(scope, input.terms);
  await inScope(scope, async (db, scope) => {
    const program = await lockProgram(scope, input.programId);
    if (program.state === "ended")
      throw new DomainError("conflict", "This program has ended; copy it to run it again.");
    await db.program.update({
      where: { merchantId_id: { merchantId: scope.merchantId, id: program.id } },
      data: {
        name: programNameSchema.parse(input.name),
        draft: asJson(input.terms),
        updatedAt: scopeNow(scope),
      },
    });
    await recordAudit(scope, {
      action: "program.save_draft",
      subjectType: "program",
      subjectId: program.id,
      summary: `Edited “${input.name}”`,
      detail: {},
    });
  });
}

/**
 * Publishes the draft, without the rules that are switched off, as the next immutable version and
 * sets the program live; referrals that already started keep theirs. The merchant's sandbox gets
 * the same version. Publishing terms that are already current makes no new version.
 * @throws DomainError conflict when the arms of a running experiment were changed, invalid_request
 * when no rule is switched on
 */
export async function publishProgram(
  scope: Scope,
  programId: string,
): Promise<{ version: number }> {
  requirePermission(scope, "program.edit");
  return inScope(scope, async (_, scope) => {
    const program = await lockProgram(scope, programId);
    if (program.state === "ended")
      throw new DomainError("conflict", "This program has ended; copy it to run it again.");
    const terms = inForce(termsSchema.parse(program.draft));
    if (terms.rules.length === 0)
      throw new DomainError(
        "invalid_request",
        "Every rule is switched off. Switch one on, and publish then.",
      );
    await requireFixedArms(scope, program.id, terms.experiment);
    await requirePools(
      scope,
      terms.rules.flatMap(({ benefit, fallback }) =>
        fallback ? [benefit, fallback.benefit] : [benefit],
      ),
    );
    const version = await publishTerms(scope, program.id, terms);
    await recordAudit(scope, {
      action: "program.publish",
      subjectType: "program",
      subjectId: program.id,
      summary: `Published version ${version} of “${program.name}”`,
      detail: { version },
    });
    await inSandboxOf(scope, async (sandbox) => {
      await mirror(sandbox, program);
      await publishTerms(sandbox, program.id, terms);
    });
    return { version };
  });
}

/**
 * Pauses, resumes or ends. @throws DomainError conflict for a step that its state does not allow
 */
export async function changeProgramState(
  scope: Scope,
  input: { programId: string; state: Extract<ProgramState, "live" | "paused" | "ended"> },
): Promise<void> {
  requirePermission(scope, "program.edit");
  await inScope(scope, async (db, scope) => {
    const program = await lockProgram(scope, input.programId);
    if (program.state === input.state) return;
    if (!mayBecome(program.state, input.state) || program.currentVersion === null) {
      throw new DomainError(
        "conflict",
        `A program that is ${program.state} cannot become ${input.state}.`,
      );
    }
    const set = (scope: Scope & { db: typeof db }) =>
      scope.db.program.updateMany({
        where: { merchantId: scope.merchantId, id: program.id },
        data: {
          state: input.state,
          updatedAt: scopeNow(scope),
          ...(input.state === "ended" && { endedAt: scopeNow(scope) }),
        },
      });
    await set(scope);
    await recordAudit(scope, {
      action: `program.${input.state}`,
      subjectType: "program",
      subjectId: program.id,
      summary: `Set “${program.name}” to ${input.state}`,
      detail: { from: program.state },
    });
    await inSandboxOf(scope, async (sandbox) => void (await set(sandbox)));
  });
}

/** A new draft with the same terms. */
export async function copyProgram(
  scope: Scope,
  programId: string,
): Promise<{ id: string; slug: string }> {
  return inScope(scope, async (_, scope) => {
    const { name, draft } = await lockProgram(scope, programId);
    return createProgram(scope, {
      name: `${name} (copy)`.slice(0, 80),
      terms: termsSchema.parse(draft),
    });
  });
}

export type LockedProgram = {
  id: string;
  slug: string;
  name: string;
  state: string;
  draft: Prisma.JsonValue;
  currentVersion: number | null;
};

/**
 * The program, not to be changed by anyone else in this transaction. @throws DomainError not_found
 */
export async function lockProgram(scope: Scope, id: string): Promise<LockedProgram> {
  assert(scope.db, "a program is locked inside a transaction");
  const rows = await scope.db.$queryRaw<LockedProgram[]>`
    SELECT id, slug, name, state, draft, current_version AS "currentVersion"
    FROM program WHERE merchant_id = ${scope.merchantId} AND id = ${id} FOR NO KEY UPDATE`;
  const program = rows[0];
  if (!program) throw notFound("program");
  return program;
}

async function publishTerms(
  scope: Scope & { db?: Scope["db"] },
  programId: string,
  terms: Terms,
): Promise<number> {
  const { db } = scope;
  assert(db, "terms are published inside a transaction");
  const latest = await db.programVersion.findFirst({
    where: { merchantId: scope.merchantId, programId },
    orderBy: { version: "desc" },
  });
  const now = scopeNow(scope);
  const unchanged =
    latest !== null && JSON.stringify(termsSchema.parse(latest.terms)) === JSON.stringify(terms);
  const version = unchanged ? latest.version : (latest?.version ?? 0) + 1;
  if (!unchanged) {
    await db.programVersion.create({
      data: {
        merchantId: scope.merchantId,
        programId,
        version,
        terms: asJson(terms),
        publishedAt: now,
        publishedBy: scope.actor.label,
      },
    });
  }
  const program = await db.program.findUniqueOrThrow({
    where: { merchantId_id: { merchantId: scope.merchantId, id: programId } },
    select: { publishedAt: true, watches: true },
  });
  await db.program.update({
    where: { merchantId_id: { merchantId: scope.merchantId, id: programId } },
    data: {
      state: "live",
      currentVersion: version,
      updatedAt: now,
      publishedAt: program.publishedAt ?? now,
      // What an earlier version promised is looked at as long as referrals stand under it.
      watches: [...new Set([...program.watches, ...watchesOf(terms)])],
    },
  });
  return version;
}

/** The same program in the sandbox, made at its first publishing. */
async function mirror(
  sandbox: Scope & { db?: Scope["db"] },
  program: LockedProgram,
): Promise<void> {
  assert(sandbox.db, "a program is mirrored inside a transaction");
  const now = scopeNow(sandbox);
  const known = await sandbox.db.program.count({
    where: { merchantId: sandbox.merchantId, id: program.id },
  });
  await sandbox.db.program.upsert({
    where: { merchantId_id: { merchantId: sandbox.merchantId, id: program.id } },
    update: { name: program.name, draft: program.draft ?? {} },
    create: {
      merchantId: sandbox.merchantId,
      id: program.id,
      slug: `${program.slug}-test`,
      name: program.name,
      state: "draft",
      draft: program.draft ?? {},
      createdAt: now,
      updatedAt: now,
      budget: { create: {} },
    },
  });
  if (known === 0) await openFirstBoard(sandbox.db, sandbox.merchantId, program.id, now);
}

function slugOf(scope: Scope, name: string): string {
  const words = `${scope.merchantSlug} ${name}`
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return `${words.slice(0, 60)}-${randomCharacters(4)}`;
}

function checkCurrency(scope: Scope, terms: Terms): void {
  if (terms.currency !== scope.currency) {
    throw new DomainError(
      "invalid_request",
      `This shop's currency is ${scope.currency}.`,
      "terms.currency",
    );
  }
}

function asJson(terms: Terms): Prisma.InputJsonValue {
  return terms as unknown as Prisma.InputJsonValue;
}
