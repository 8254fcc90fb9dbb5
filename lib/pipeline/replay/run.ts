import { inScope, type Scope } from "@/lib/merchants/scope";
import { type Terms, termsSchema } from "@/lib/terms/schema";
import { needsOf } from "./read/needs";
import { compare } from "./compare";
import { type Past, inTime } from "./read/past";
import type { GrantedRewards } from "./simulate/granted-rewards";
import { readAdvocates } from "./read/read-advocates";
import { readFriends } from "./read/read-friends";
import { readLimitUse } from "./read/read-limit-use";
import { readProgram } from "./read/read-program";
import type { ReplayResult } from "./schema";
import { simulate } from "./simulate/simulate";

/** People read so far, of how many. */
export type Progress = { done: number; total: number };

/**
 * Runs a replay step by step: reads the past in chunks of people, then runs both terms over it. It
 * only reads. Each step is a transaction of its own, so that others get their turn in between.
 */
export async function* replaySteps(
  scope: Scope,
  replayId: string,
): AsyncGenerator<Progress, ReplayResult> {
  const run = await inScope(scope, ({ db, merchantId }) =>
    db.replayRun.findUniqueOrThrow({
      where: { merchantId_id: { merchantId, id: replayId } },
      select: { programId: true, before: true, after: true, fromAt: true, untilAt: true },
    }),
  );
  const [before, after] = [termsSchema.parse(run.before), termsSchema.parse(run.after)];
  return yield* replayTerms(scope, run, before, after);
}

/** The same, for terms at hand. */
export async function* replayTerms(
  scope: Scope,
  range: { programId: string; fromAt: Date; untilAt: Date },
  before: Terms,
  after: Terms,
): AsyncGenerator<Progress, ReplayResult> {
  const { past, total } = yield* readPast(scope, range, before, after);
  const progress = { done: total, total };
  const was = yield* runTerms(past, before, progress);
  const is = yield* runTerms(past, after, progress);
  return compare({ terms: before, granted: was }, { terms: after, granted: is }, past);
}

/** Runs terms over the past, step by step: each holds others up for a few milliseconds. */
export async function* runTerms(
  past: Past,
  terms: Terms,
  progress: Progress,
): AsyncGenerator<Progress, GrantedRewards> {
  const run = simulate(past, terms);
  let next = run.next();
  while (!next.done) {
    yield progress;
    next = run.next();
  }
  return next.value;
}

/** Reads everything that either terms ask of the past, step by step. */
export async function* readPast(
  scope: Scope,
  range: { programId: string; fromAt: Date; untilAt: Date },
  before: Terms,
  after: Terms,
): AsyncGenerator<Progress, { past: Past; total: number }> {
  const needs = needsOf(before, after);
  const { reading, total } = await readProgram(scope, range, needs);
  let done = 0;
  for (const read of [readAdvocates, readFriends]) {
    let after = "";
    for (;;) {
      const chunk = await read(scope, reading, needs, after);
      if (chunk.read === 0) break;
      done += chunk.read;
      after = chunk.last;
      yield { done: Math.min(done, total), total };
    }
  }
  if (needs.limited || needs.counts) await readLimitUse(scope, reading);
  inTime(reading.moments);
  return { past: reading, total };
}
