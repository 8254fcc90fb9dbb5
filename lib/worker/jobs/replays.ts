import { Prisma, prismaFor } from "@/lib/core/db";
import { log } from "@/lib/core/log";
import { systemNow } from "@/lib/core/time";
import { systemScope } from "@/lib/merchants/queries/directory";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { type Progress, replaySteps } from "@/lib/pipeline/replay/run";
import type { ReplayResult } from "@/lib/pipeline/replay/schema";
import { type DueItem, ofMerchant, type WorkFilter } from "../due";
import type { Job } from "../job-kinds/job";

/** How long a process may be silent about its replay before another one begins it again. */
const LEASE_MS = 60_000;
/** How often an idle loop looks for a replay that waits. */
const LOOK_EVERY_MS = 1_000;
/** How many people's differences are written at once. */
const ROWS = 500;

/** A replay that this process has taken on. */
type Taken = {
  scope: Scope;
  replayId: string;
  steps: AsyncGenerator<Progress, ReplayResult>;
  lease: Date;
};

/**
 * The one that the worker's loop is at. Nothing of it is kept between processes: when a process
 * dies, another begins again.
 */
let current: Taken | null = null;
let lookedAt = 0;

/**
 * Replays that wait, or whose process died. The loop takes one step each round, so that events are
 * processed in between; a test clock runs its merchant's to their end.
 */
export const runReplays: Job = {
  name: "run_replays",
  schedule: "always",
  onTestClock: true,
  due: (filter) => {
    const now = systemNow();
    return Prisma.sql`
      SELECT merchant_id AS "merchantId", id, COALESCE(lease_until, created_at) AS "dueAt"
      FROM replay_run
      WHERE (state = 'queued' OR (state = 'running' AND lease_until < ${now}))
        AND ${ofMerchant(filter)}
      ORDER BY created_at, id`;
  },
  late: { afterMinutes: 60, cost: "Replays do not begin." },
  run: (filter = {}) => (filter.merchantId === undefined ? takeStep() : finishAll(filter)),
};

async function takeStep(): Promise<number> {
  const now = Date.now();
  if (!current && now - lookedAt >= LOOK_EVERY_MS) {
    lookedAt = now;
    current = await takeNext({});
  }
  if (!current) return 0;
  if (!(await step(current))) current = null;
  return 1;
}

async function finishAll(filter: WorkFilter): Promise<number> {
  let finished = 0;
  for (let next = await takeNext(filter); next; next = await takeNext(filter)) {
    while (await step(next));
    finished += 1;
  }
  return finished;
}

async function takeNext(filter: WorkFilter): Promise<Taken | null> {
  const now = systemNow();
  const [due] = await prismaFor("goodword_gate").$queryRaw<DueItem[]>`
    ${runReplays.due!(filter)} LIMIT 1`;
  if (!due) return null;
  const scope = await systemScope(due.merchantId);
  const lease = leaseFrom(now);
  const taken = await inScope(
    scope,
    ({ db }) => db.$executeRaw`
      UPDATE replay_run SET state = 'running', started_at = ${scopeNow(scope)}, done = 0, total = 0,
        lease_until = ${lease}
      WHERE merchant_id = ${due.merchantId} AND id = ${due.id}
        AND (state = 'queued' OR (state = 'running' AND lease_until < ${now}))`,
  );
  return taken === 1 ? { scope, replayId: due.id, steps: replaySteps(scope, due.id), lease } : null;
}

/** @returns whether there is more to do */
async function step(taken: Taken): Promise<boolean> {
  try {
    const next = await taken.steps.next();
    if (next.done) {
      await finish(taken, next.value);
      return false;
    }
    if (await note(taken, next.value)) return true;
    // It was discarded, or this process was away for so long that another one took it.
    await taken.steps.return({} as ReplayResult);
    return false;
  } catch (error) {
    log.error(
      { err: error, merchantId: taken.scope.merchantId, id: taken.replayId },
      "a replay failed",
    );
    await fail(taken, error);
    return false;
  }
}

async function note(taken: Taken, { done, total }: Progress): Promise<boolean> {
  const lease = leaseFrom(systemNow());
  const noted = await inScope(
    taken.scope,
    ({ db, merchantId }) => db.$executeRaw`
      UPDATE replay_run SET done = ${done}, total = ${total}, lease_until = ${lease}
      WHERE merchant_id = ${merchantId} AND id = ${taken.replayId}
        AND state = 'running' AND lease_until = ${taken.lease}`,
  );
  taken.lease = lease;
  return noted === 1;
}

/** Stores the result, unless the replay was discarded meanwhile. */
async function finish(
  { scope, replayId, lease }: Taken,
  { summary, people }: ReplayResult,
): Promise<void> {
  await inScope(scope, async ({ db, merchantId }) => {
    const finished = await db.$executeRaw`
      UPDATE replay_run SET state = 'done', done = total,
        summary = ${JSON.stringify(summary)}::jsonb,
        finished_at = ${scopeNow(scope)}, lease_until = NULL
      WHERE merchant_id = ${merchantId} AND id = ${replayId}
        AND state = 'running' AND lease_until = ${lease}`;
    if (finished === 0) return;
    for (let start = 0; start < people.length; start += ROWS) {
      await db.replayDifference.createMany({
        data: people.slice(start, start + ROWS).map(({ detail, ...person }, index) => ({
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

async function fail({ scope, replayId, lease }: Taken, error: unknown): Promise<void> {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  await inScope(
    scope,
    ({ db, merchantId }) => db.$executeRaw`
      UPDATE replay_run SET state = 'failed', error = ${message.slice(0, 2_000)},
        finished_at = ${scopeNow(scope)}, lease_until = NULL
      WHERE merchant_id = ${merchantId} AND id = ${replayId}
        AND state = 'running' AND lease_until = ${lease}`,
  );
}

function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + LEASE_MS);
}
