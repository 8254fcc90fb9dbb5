import { rowsAsJson } from "@/lib/core/statements/pending-writes";
import { gathered, inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
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
    const drawn = drawnArms(tx).get(advocateId);
    if (drawn?.experiment === experiment.id) return drawn.arm;
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
    if (await isRunning(tx, advocate, experiment.id))
      drawnArms(tx).set(advocateId, { id: advocateId, arm, experiment: experiment.id });
    return arm;
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

type DrawnArm = { id: string; arm: string; experiment: string };

/** The arms drawn in a transaction, by advocate: stored at its end, after the counts. */
function drawnArms(tx: Tx): Map<string, DrawnArm> {
  return gathered(
    tx,
    "arms",
    () => new Map<string, DrawnArm>(),
    (drawn) => keepArms(tx, [...drawn.values()]),
  );
}

/** Of two assignments at the same time the first one counts. */
async function keepArms({ db, merchantId, lock }: Tx, drawn: readonly DrawnArm[]): Promise<void> {
  if (drawn.length === 0) return;
  await lock.advocates(...drawn.map(({ id }) => id));
  await db.$executeRaw`
    UPDATE advocate a SET arm = n.arm, experiment = n.experiment
    FROM json_to_recordset(${rowsAsJson(drawn)}::json) AS n (id text, arm text, experiment text)
    WHERE a.merchant_id = ${merchantId} AND a.id = n.id
      AND (a.arm IS NULL OR a.experiment IS DISTINCT FROM n.experiment)`;
}
