import { log } from "@/lib/core/log";
import type { Job } from "./job-kinds/job";

/** The pause after a round that found nothing to do. */
const IDLE_MS = 150;
/** How often jobs run that do not always run. */
const SECOND_MS = 1_000;

/** Something else that is seen to once a second. */
export type Upkeep = { name: string; keep(): Promise<unknown> };

/**
 * The jobs by the loop that does them, each in the order of the list: what waits for somebody
 * else's server, such as email, holds up nothing that waits for our database only.
 */
export function loopsOf(jobs: readonly Job[]): Job[][] {
  const recurring = jobs.filter(({ schedule }) => typeof schedule !== "object");
  return [
    recurring.filter(({ waitsForOthers }) => !waitsForOthers),
    recurring.filter(({ waitsForOthers }) => waitsForOthers),
  ].filter((loop) => loop.length > 0);
}

/**
 * Does the jobs of one loop, round after round.
 * @returns what stops it, once the round under way is done
 */
export function startRounds(
  jobs: readonly Job[],
  upkeep: readonly Upkeep[] = [],
): { stop(): Promise<void> } {
  let stopping = false;
  let lastFullRound = 0;
  const rounds = (async () => {
    while (!stopping) {
      const isFull = Date.now() - lastFullRound >= SECOND_MS;
      if (isFull) for (const { name, keep } of upkeep) await attempt(name, keep);
      const { done, failed } = await doRound(jobs, isFull);
      if (isFull) lastFullRound = Date.now();
      if (failed > 0) await sleep(SECOND_MS);
      else if (done === 0) await sleep(IDLE_MS);
    }
  })();
  return {
    async stop() {
      stopping = true;
      await rounds;
    },
  };
}

/** Does each job once. One that fails, also because the database is away, stops no other. */
async function doRound(
  jobs: readonly Job[],
  isFull: boolean,
): Promise<{ done: number; failed: number }> {
  const round = { done: 0, failed: 0 };
  for (const { name, schedule, run } of jobs) {
    if (schedule !== "always" && !isFull) continue;
    const done = await attempt(name, () => run());
    if (done === null) round.failed += 1;
    else round.done += done;
  }
  return round;
}

async function attempt<T>(job: string, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    log.error({ err: error, job }, "a job failed");
    return null;
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
