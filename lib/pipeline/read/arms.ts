import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import type { Terms } from "@/lib/terms/schema";
import { armFor } from "@/lib/terms/rules/arms";
import { askedBy } from "@/lib/terms/rules/asked";
import { factsOf } from "@/lib/terms/facts/conditions";
import { readPeople } from "./people";
import { armTerms } from "./terms-in-effect";

/**
 * The arm of an advocate in the experiment of these terms; null without an experiment. Advocates
 * keep their arm as long as the experiment's id stays; those without one are assigned one now.
 */
export async function armOf(
  scope: Scope,
  advocateId: string,
  terms: Terms,
): Promise<string | null> {
  const { experiment } = terms;
  if (!experiment) return null;
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const advocate = await tx.db.advocate.findUniqueOrThrow({
      where: { merchantId_id: { merchantId, id: advocateId } },
      select: {
        customerId: true,
        programId: true,
        arm: true,
        experiment: true,
        program: { select: { currentVersion: true } },
      },
    });
    if (advocate.experiment === experiment.id && advocate.arm !== null) return advocate.arm;
    const people = await readPeople(tx, askedBy(terms), [advocate.customerId]);
    const arm = armFor(
      experiment,
      advocateId,
      factsOf({
        currency: terms.currency,
        timeZone: tx.timeZone,
        at: scopeNow(tx),
        advocate: people.get(advocate.customerId) ?? null,
      }),
    );
    if (!(await isRunning(tx, advocate, experiment.id))) return arm;
    return keepArm(tx, {
      advocateId,
      arm,
      experimentId: experiment.id,
      programId: advocate.programId,
    });
  });
}

/** The terms for an advocate and their friends: what their pages and emails promise. */
export async function termsOfAdvocate(
  scope: Scope,
  advocateId: string,
  terms: Terms,
): Promise<Terms> {
  return armTerms(terms, await armOf(scope, advocateId, terms));
}

/**
 * Whether an experiment is part of the current terms. A late fact may concern one that is over,
 * which must not replace the arm of the current one.
 */
async function isRunning(
  { db, merchantId }: Tx,
  { programId, program }: { programId: string; program: { currentVersion: number | null } },
  experimentId: string,
): Promise<boolean> {
  if (program.currentVersion === null) return false;
  const current = await db.programVersion.findFirst({
    where: {
      merchantId,
      programId,
      version: program.currentVersion,
      terms: { path: ["experiment", "id"], equals: experimentId },
    },
    select: { version: true },
  });
  return current !== null;
}

/**
 * Stores an arm; of two assignments at the same time the first one counts. The budget's row is
 * locked before the advocate's, as everywhere.
 */
async function keepArm(
  { db, merchantId }: Tx,
  {
    advocateId,
    arm,
    experimentId,
    programId,
  }: { advocateId: string; arm: string; experimentId: string; programId: string },
): Promise<string> {
  await db.$queryRaw`
    SELECT 1 FROM program_budget
    WHERE merchant_id = ${merchantId} AND program_id = ${programId}
    FOR NO KEY UPDATE`;
  const [kept] = await db.$queryRaw<{ arm: string }[]>`
    UPDATE advocate SET
      arm = CASE WHEN experiment = ${experimentId} AND arm IS NOT NULL THEN arm ELSE ${arm} END,
      experiment = ${experimentId}
    WHERE merchant_id = ${merchantId} AND id = ${advocateId} RETURNING arm`;
  return kept?.arm ?? arm;
}
