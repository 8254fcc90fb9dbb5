import { assert, DomainError } from "@/lib/core/errors";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inSandboxOf } from "@/lib/merchants/commands/in-sandbox";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import { requireFixedArms } from "../experiments/queries";
import { switchedOn, watchesOf } from "@/lib/terms/rules/applying";
import { type Terms, termsSchema } from "@/lib/terms/schema";
import { type LockedProgram, lockProgram } from "./lock-program";
import { openFirstLeaderboard } from "./open-first-leaderboard";
import { requirePools } from "./require-pools";
import { termsAsJson } from "./stored-terms";

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
  return inScope(scope, async (tx) => {
    const program = await lockProgram(tx, programId);
    if (program.state === "ended")
      throw new DomainError("conflict", "This program has ended. Copy it to run it again.");
    const terms = switchedOn(termsSchema.parse(program.draft));
    if (terms.rules.length === 0)
      throw new DomainError(
        "invalid_request",
        "Every rule is switched off. Switch one on before you publish.",
      );
    await requireFixedArms(tx, program.id, terms.experiment);
    await requirePools(
      tx,
      terms.rules.flatMap(({ benefit, fallback }) =>
        fallback ? [benefit, fallback.benefit] : [benefit],
      ),
    );
    const version = await publishTerms(tx, program.id, terms);
    await recordAudit(tx, {
      action: "program.publish",
      subjectType: "program",
      subjectId: program.id,
      summary: `Published version ${version} of “${program.name}”`,
      detail: { version },
    });
    await inSandboxOf(tx, async (sandbox) => {
      await mirror(sandbox, program);
      await publishTerms(sandbox, program.id, terms);
    });
    return { version };
  });
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
        terms: termsAsJson(terms),
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
      // Referrals under earlier versions are still watched for what those promised.
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
  if (known === 0) await openFirstLeaderboard(sandbox.db, sandbox.merchantId, program.id, now);
}
