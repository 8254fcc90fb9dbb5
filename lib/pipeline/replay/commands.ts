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

/** How many replays of a program are kept. */
const MOST_KEPT = 10;

/**
 * Queues a replay: the terms in effect against the draft (or against `terms`), over what happened
 * in the range. The worker runs it; the program itself is not changed.
 * @throws DomainError conflict while another replay of the program is under way, or before the
 * first publishing
 */
export async function startReplay(
  scope: Scope,
  programId: string,
  input: z.infer<typeof replayInputSchema>,
): Promise<{ replayId: string }> {
  requirePermission(scope, "program.edit");
  const { fromAt, untilAt } = spanOfRange(input, scope);
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const program = await lockProgram(tx, programId);
    if (program.currentVersion === null)
      throw new DomainError("conflict", "Publish this program first. It has no past yet.");
    const after = input.terms ?? termsSchema.parse(program.draft);
    if (after.currency !== tx.currency) {
      throw new DomainError(
        "invalid_request",
        `This shop's currency is ${tx.currency}.`,
        "terms.currency",
      );
    }
    const open = await tx.db.replayRun.count({
      where: { merchantId, programId, state: { in: ["queued", "running"] } },
    });
    if (open > 0)
      throw new DomainError(
        "conflict",
        "Another replay of this program is running. Wait for it or discard it.",
      );
    const replayId = newId("rpl");
    await tx.db.replayRun.create({
      data: {
        merchantId,
        id: replayId,
        programId,
        state: "queued",
        before: termsAsJson(await termsOf(tx, programId, program.currentVersion)),
        after: termsAsJson(after),
        fromAt,
        untilAt,
        createdAt: scopeNow(tx),
        createdBy: tx.actor.label,
      },
    });
    await forgetOld(tx.db, merchantId, programId);
    await recordAudit(tx, {
      action: "program.replay",
      subjectType: "program",
      subjectId: programId,
      summary: `Replayed a changed “${program.name}” over the past`,
      detail: { replayId, from: fromAt.toISOString(), until: untilAt.toISOString() },
    });
    return { replayId };
  });
}

/** Stops a replay that is queued or running, and deletes the results of one that is done. */
export async function discardReplay(
  scope: Scope,
  programId: string,
  replayId: string,
): Promise<void> {
  requirePermission(scope, "program.edit");
  await inScope(scope, async ({ db, merchantId }) => {
    const { count } = await db.replayRun.updateMany({
      where: { merchantId, programId, id: replayId },
      data: { state: "discarded", finishedAt: scopeNow(scope), leaseUntil: null },
    });
    if (count === 0) throw notFound("replay");
    await db.replayDifference.deleteMany({ where: { merchantId, runId: replayId } });
  });
}

/**
 * Publishes the draft that was replayed.
 * @throws DomainError conflict when the draft was edited after the replay
 */
export async function publishReplayed(
  scope: Scope,
  programId: string,
  replayId: string,
): Promise<{ version: number }> {
  requirePermission(scope, "program.edit");
  return inScope(scope, async (tx) => {
    const program = await lockProgram(tx, programId);
    const run = await tx.db.replayRun.findFirst({
      where: { merchantId: tx.merchantId, programId, id: replayId },
      select: { after: true },
    });
    if (!run) throw notFound("replay");
    if (!sameTerms(run.after, program.draft))
      throw new DomainError(
        "conflict",
        "The draft was edited after this replay. Replay it again first.",
      );
    return publishProgram(tx, programId);
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
