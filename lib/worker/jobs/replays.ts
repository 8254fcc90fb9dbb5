import { prismaFor, type Prisma } from "@/lib/core/db";
import { log } from "@/lib/core/log";
import { systemNow } from "@/lib/core/time";
import { systemScope } from "@/lib/merchants/directory";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { type Progress, replaySteps } from "@/lib/pipeline/replay/run";
import type { ReplayResult } from "@/lib/pipeline/replay/schema";
import type { WorkFilter } from "../due";

/**
 * How long a worker may be silent about its replay before another takes it up again, from the
 * beginning.
 */
const LEASE_MS = 60_000;
const BATCH = 500;

/**
 * The replay that this process works on. Nothing of it is kept between processes: one that dies
 * costs its time.
 */
type Job = {
  scope: Scope;
  replayId: string;
  steps: AsyncGenerator<Progress, ReplayResult>;
  lease: Date;
};
let job: Job | null = null;

/**
 * One step of this process's replay, so that events go on being worked off beside it; takes up
 * another one when it has none.
 * @param look whether to look for one that waits
 * @returns how many steps were taken
 */
export async function stepReplay(look: boolean): Promise<number> {
  if (!job && look) job = await takeNext({});
  if (!job) return 0;
  if (!(await step(job))) job = null;
  return 1;
}

/** Works off every replay of a merchant that waits: for the test clock. @returns how many */
export async function finishReplays(filter: WorkFilter): Promise<number> {
  let finished = 0;
  for (let next = await takeNext(filter); next; next = await takeNext(filter)) {
    while (await step(next));
    finished += 1;
  }
  return finished;
}

async function takeNext({ merchantId }: WorkFilter): Promise<Job | null> {
  const now = systemNow();
  const [due] = await prismaFor("goodword_gate").$queryRaw<{ merchantId: string; id: string }[]>`
    SELECT merchant_id AS "merchantId", id FROM replay_run
    WHERE (state = 'queued' OR (state = 'running' AND lease_until < ${now}))
      AND (${merchantId ?? null}::text IS NULL OR merchant_id = ${merchantId ?? null})
    ORDER BY created_at, id LIMIT 1`;
  if (!due) return null;
  const scope = await systemScope(due.merchantId);
  const lease = leaseFrom(now);
  const taken = await inScope(
    scope,
    (db) => db.$executeRaw`
    UPDATE replay_run SET state = 'running', started_at = ${scopeNow(scope)}, done = 0, total = 0, lease_until = ${lease}
    WHERE merchant_id = ${due.merchantId} AND id = ${due.id} AND (state = 'queued' OR (state = 'running' AND lease_until < ${now}))`,
  );
  return taken === 1 ? { scope, replayId: due.id, steps: replaySteps(scope, due.id), lease } : null;
}

/** @returns whether there is more to do */
async function step(current: Job): Promise<boolean> {
  try {
    const next = await current.steps.next();
    if (next.done) {
      await finish(current, next.value);
      return false;
    }
    if (await note(current, next.value)) return true;
    // Discarded, or in other hands: this process was away for too long.
    await current.steps.return({} as ReplayResult);
    return false;
  } catch (error) {
    log.error(
      { err: error, merchantId: current.scope.merchantId, id: current.replayId },
      "a replay failed",
    );
    await fail(current, error);
    return false;
  }
}

async function note(current: Job, { done, total }: Progress): Promise<boolean> {
  const lease = leaseFrom(systemNow());
  const noted = await inScope(
    current.scope,
    (db, { merchantId }) => db.$executeRaw`
    UPDATE replay_run SET done = ${done}, total = ${total}, lease_until = ${lease}
    WHERE merchant_id = ${merchantId} AND id = ${current.replayId} AND state = 'running' AND lease_until = ${current.lease}`,
  );
  current.lease = lease;
  return noted === 1;
}

/** Writes down what came out, unless it was discarded meanwhile. */
async function finish(
  { scope, replayId, lease }: Job,
  { summary, people }: ReplayResult,
): Promise<void> {
  await inScope(scope, async (db, { merchantId }) => {
    const finished = await db.$executeRaw`
      UPDATE replay_run SET state = 'done', done = total, summary = ${JSON.stringify(summary)}::jsonb, finished_at = ${scopeNow(scope)}, lease_until = NULL
      WHERE merchant_id = ${merchantId} AND id = ${replayId} AND state = 'running' AND lease_until = ${lease}`;
    if (finished === 0) return;
    for (let start = 0; start < people.length; start += BATCH) {
      await db.replayDifference.createMany({
        data: people.slice(start, start + BATCH).map(({ detail, ...person }, index) => ({
          merchantId,
          runId: replayId,
          place: start + index + 1,
          ...person,
          detail: detail as Prisma.InputJsonValue,
        })),
      });
    }
  });
}

async function fail({ scope, replayId, lease }: Job, error: unknown): Promise<void> {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  await inScope(
    scope,
    (db, { merchantId }) => db.$executeRaw`
    UPDATE replay_run SET state = 'failed', error = ${message.slice(0, 2_000)}, finished_at = ${scopeNow(scope)}, lease_until = NULL
    WHERE merchant_id = ${merchantId} AND id = ${replayId} AND state = 'running' AND lease_until = ${lease}`,
  );
}

function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + LEASE_MS);
}
