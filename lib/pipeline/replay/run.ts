import { inScope, type Scope } from "@/lib/merchants/scope";
import { type Terms, termsSchema } from "@/lib/terms/schema";
import { wantedBy } from "./read/needs";
import { compare } from "./compare";
import { type History, inTime } from "./read/past";
import type { Purse } from "./simulate/granted-rewards";
import { begin, readAdvocates, readFriends, readUse } from "./read/read-past";
import type { ReplayResult } from "./schema";
import { simulate } from "./simulate/simulate";

/** People read so far, of how many. */
export type Progress = { done: number; total: number };

/**
 * A replay, step by step: reads the past in chunks of people, then runs both terms over it. It only
 * reads; each step is a transaction of its own, and between them others get their turn.
 */
export async function* replaySteps(
  scope: Scope,
  replayId: string,
): AsyncGenerator<Progress, ReplayResult> {
  const run = await inScope(scope, (db, { merchantId }) =>
    db.replayRun.findUniqueOrThrow({
      where: { merchantId_id: { merchantId, id: replayId } },
      select: { programId: true, before: true, after: true, fromAt: true, untilAt: true },
    }),
  );
  const [before, after] = [termsSchema.parse(run.before), termsSchema.parse(run.after)];
  return yield* replayTerms(scope, run, before, after);
}

/** The same for terms at hand. */
export async function* replayTerms(
  scope: Scope,
  range: { programId: string; fromAt: Date; untilAt: Date },
  before: Terms,
  after: Terms,
): AsyncGenerator<Progress, ReplayResult> {
  const { history, total } = yield* readHistory(scope, range, before, after);
  const progress = { done: total, total };
  const was = yield* runTerms(history, before, progress);
  const is = yield* runTerms(history, after, progress);
  return compare({ terms: before, purse: was }, { terms: after, purse: is }, history);
}

/** One run over the past; what it holds up is a few milliseconds at a time. */
export async function* runTerms(
  history: History,
  terms: Terms,
  progress: Progress,
): AsyncGenerator<Progress, Purse> {
  const run = simulate(history, terms);
  let next = run.next();
  while (!next.done) {
    yield progress;
    next = run.next();
  }
  return next.value;
}

/** Everything that either terms may ask of the past. */
export async function* readHistory(
  scope: Scope,
  range: { programId: string; fromAt: Date; untilAt: Date },
  before: Terms,
  after: Terms,
): AsyncGenerator<Progress, { history: History; total: number }> {
  const wanted = wantedBy(before, after);
  const { reading, total } = await begin(scope, range, wanted);
  let done = 0;
  for (const read of [readAdvocates, readFriends]) {
    let after = "";
    for (;;) {
      const chunk = await read(scope, reading, wanted, after);
      if (chunk.read === 0) break;
      done += chunk.read;
      after = chunk.last;
      yield { done: Math.min(done, total), total };
    }
  }
  if (wanted.limited || wanted.counts) await readUse(scope, reading);
  inTime(reading.moments);
  return { history: reading, total };
}
