import { z } from "zod";
import { Prisma, prismaFor } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { parseDuration } from "@/lib/core/time";
import { systemScope } from "@/lib/merchants/queries/directory";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { WorkFilter } from "./due";
import { JOBS } from "./jobs";
import type { Job } from "./job-kinds/job";

/** How far a clock may be moved, at once and in all. */
const MOST_DAYS = 3_660;
/** How often `settle` looks for more work, and how much it does, before it leaves the rest. */
const MOST_ROUNDS = 1_000;
const MOST_DONE = 20_000;

export const testClockSchema = z.object({
  /** ISO 8601: weeks, days, hours, minutes, seconds. */
  advance: z
    .string()
    .max(40)
    .transform((text, context) => {
      const ms = parseDuration(text);
      if (ms !== null && ms <= MOST_DAYS * 86_400_000) return ms;
      context.addIssue({
        code: "custom",
        message: 'Write a duration like "P31D" or "PT12H", ten years at most.',
      });
      return z.NEVER;
    }),
});

/**
 * Moves the clock of test mode forward and returns once everything that fell due is done, as far
 * as one request goes; the worker does the rest.
 * @param mostDone how much is done on each side of the move
 * @throws DomainError forbidden outside test mode, conflict beyond ten years in all, overloaded
 * while more is due at the present time than one request does: then the clock has not moved
 */
export async function advanceTestClock(
  scope: Scope,
  input: z.infer<typeof testClockSchema>,
  mostDone = MOST_DONE,
): Promise<{ now: Date; settled: boolean }> {
  requirePermission(scope, "clock.advance");
  if (!scope.isSandbox)
    throw new DomainError("forbidden", "Only test mode has a clock that moves. Use a test key.");
  // What is due now is done at today's time, before the clock moves past it.
  if (!(await settle(scope, mostDone)))
    throw new DomainError(
      "overloaded",
      "Test mode is still busy with what was sent to it. The clock has not moved; try again.",
    );
  await inScope(scope, async ({ db }) => {
    const { clockOffsetMs } = await db.merchant.update({
      where: { id: scope.merchantId },
      data: { clockOffsetMs: { increment: BigInt(input.advance) } },
      select: { clockOffsetMs: true },
    });
    if (clockOffsetMs > BigInt(MOST_DAYS) * 86_400_000n)
      throw new DomainError("conflict", "The test clock is ten years ahead already.");
  });
  const moved = await systemScope(scope.merchantId, scope.actor.label);
  const settled = await settle(moved, mostDone);
  return { now: scopeNow(moved), settled };
}

/**
 * Does everything that is due for one merchant, round after round, until nothing is. The jobs come
 * in the order of their list; which of them have something to do is asked with one query.
 * Facts may go on coming meanwhile, so there is an end to it.
 * @returns whether nothing is due any more
 */
export async function settle(scope: Scope, mostDone = Infinity): Promise<boolean> {
  const filter = { merchantId: scope.merchantId };
  const jobs = JOBS.filter(({ onTestClock }) => onTestClock);
  let all = 0;
  for (let round = 0; round < MOST_ROUNDS && all < mostDone; round += 1) {
    let waiting = await withWork(jobs, filter);
    let done = 0;
    for (const job of jobs) {
      if (!waiting.has(job)) continue;
      const more = await job.run(filter);
      // What it did may be work for those after it.
      if (more > 0) waiting = await withWork(jobs, filter);
      done += more;
    }
    if (done === 0) return true;
    all += done;
  }
  return false;
}

/** The jobs for which something is due, and those that cannot tell. */
async function withWork(jobs: readonly Job[], filter: WorkFilter): Promise<Set<Job>> {
  const questions = jobs.flatMap(({ name, due }) =>
    due ? [Prisma.sql`SELECT ${name}::text AS name WHERE EXISTS (${due(filter)})`] : [],
  );
  const found = await prismaFor("goodword_gate").$queryRaw<{ name: string }[]>(
    Prisma.join(questions, " UNION ALL "),
  );
  return new Set(jobs.filter(({ name, due }) => !due || found.some((one) => one.name === name)));
}
