import type { z } from "zod";
import type { Db } from "@/lib/core/db";
import { DomainError, notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import { editDraft } from "@/lib/programs/commands/edit-draft";
import { lockProgram } from "@/lib/programs/commands/lock-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { termsAsJson } from "@/lib/programs/commands/stored-terms";
import { termsOf } from "@/lib/programs/queries";
import { termsSchema } from "@/lib/terms/schema";
import { sameTerms } from "./queries";
import { type replayInputSchema, spanOfRange } from "./schema";

/** Older replays of a program are forgotten beyond so many. */
const MOST_KEPT = 10;

/**
 * Asks for a replay: the terms in force against the draft (or against `terms`), over what happened
 * in the range. The worker does it; nothing of the program is touched.
 * @throws DomainError conflict while another replay of the program is under way, or before it was
 * ever published
 */
export async function startReplay(
  scope: Scope,
  programId: string,
  input: z.infer<typeof replayInputSchema>,
): Promise<{ replayId: string }> {
  requirePermission(scope, "program.edit");
  const { fromAt, untilAt } = spanOfRange(input, scope);
  return inScope(scope, async (db, scope) => {
    const { merchantId } = scope;
    const program = await lockProgram(scope, programId);
    if (program.currentVersion === null)
      throw new DomainError(
        "conflict",
        "Nothing has happened in this program yet: it was never published.",
      );
    const after = input.terms ?? termsSchema.parse(program.draft);
    if (after.currency !== scope.currency) {
      throw new DomainError(
        "invalid_request",
        `This shop's currency is ${scope.currency}.`,
        "terms.currency",
      );
    }
    const open = await db.replayRun.count({
      where: { merchantId, programId, state: { in: ["queued", "running"] } },
    });
    if (open > 0)
      throw new DomainError(
        "conflict",
        "A replay of this program is under way. Wait for it, or discard it.",
      );
    const replayId = newId("rpl");
    await db.replayRun.create({
      data: {
        merchantId,
        id: replayId,
        programId,
        state: "queued",
        before: termsAsJson(await termsOf(scope, programId, program.currentVersion)),
        after: termsAsJson(after),
        fromAt,
        untilAt,
        createdAt: scopeNow(scope),
        createdBy: scope.actor.label,
      },
    });
    await forgetOld(db, merchantId, programId);
    await recordAudit(scope, {
      action: "program.replay",
      subjectType: "program",
      subjectId: programId,
      summary: `Ran a changed “${program.name}” over the past`,
      detail: { replayId, from: fromAt.toISOString(), until: untilAt.toISOString() },
    });
    return { replayId };
  });
}

/**
 * Stops a replay that waits or runs, and throws away what one that is done found. Once discarded,
 * it stays so.
 */
export async function discardReplay(
  scope: Scope,
  programId: string,
  replayId: string,
): Promise<void> {
  requirePermission(scope, "program.edit");
  await inScope(scope, async (db, { merchantId }) => {
    const { count } = await db.replayRun.updateMany({
      where: { merchantId, programId, id: replayId },
      data: { state: "discarded", finishedAt: scopeNow(scope), leaseUntil: null },
    });
    if (count === 0) throw notFound("replay");
    await db.replayDifference.deleteMany({ where: { merchantId, runId: replayId } });
  });
}

/**
 * Publishes the draft that a replay was about.
 * @throws DomainError conflict when the draft was edited since: what was seen is not what would be
 * published
 */
export async function publishReplayed(
  scope: Scope,
  programId: string,
  replayId: string,
): Promise<{ version: number }> {
  requirePermission(scope, "program.edit");
  return inScope(scope, async (db, scope) => {
    const program = await lockProgram(scope, programId);
    const run = await db.replayRun.findFirst({
      where: { merchantId: scope.merchantId, programId, id: replayId },
      select: { after: true },
    });
    if (!run) throw notFound("replay");
    if (!sameTerms(run.after, program.draft))
      throw new DomainError(
        "conflict",
        "The draft was edited after this replay. Run it again first.",
      );
    return publishProgram(scope, programId);
  });
}

/**
 * Resets the draft to the published terms. @throws DomainError conflict when nothing is published
 */
export async function discardDraft(scope: Scope, programId: string): Promise<void> {
  await editDraft(scope, programId, async ({ currentVersion }, scope) => {
    if (currentVersion === null)
      throw new DomainError("conflict", "This program was never published.");
    return { terms: await termsOf(scope, programId, currentVersion), answer: undefined };
  });
}

async function forgetOld(db: Db, merchantId: string, programId: string): Promise<void> {
  const old = await db.replayRun.findMany({
    where: { merchantId, programId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    skip: MOST_KEPT,
    select: { id: true },
  });
  if (old.length === 0) return;
  const ids = old.map(({ id }) => id);
  await db.replayDifference.deleteMany({ where: { merchantId, runId: { in: ids } } });
  await db.replayRun.deleteMany({ where: { merchantId, id: { in: ids } } });
}
