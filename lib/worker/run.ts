import { run as runGraphile, type Runner } from "graphile-worker";
import { sessionAddress } from "@/lib/core/database/address";
import { log } from "@/lib/core/log";
import { JOBS } from "./jobs";
import type { Job } from "./job-kinds/job";
import { workerPresence } from "./presence";
import { keepStatistics } from "./statistics";

/** The pause after a round that found nothing to do. */
const IDLE_MS = 150;
/** How often jobs run that do not always run. */
const SECOND_MS = 1_000;

/**
 * Starts the worker: it does the jobs of the list, round after round, and those with a cron pattern
 * at their time. Tables are its queues, so any number of workers may run, and one that dies loses
 * nothing.
 * @returns what stops it, once the round under way is done
 */
export async function startWorker(): Promise<{ stop(): Promise<void> }> {
  let stopping = false;
  let lastFullRound = 0;
  const nightly = await startNightlyClock();
  const presence = workerPresence();
  const rounds = (async () => {
    while (!stopping) {
      const isFull = Date.now() - lastFullRound >= SECOND_MS;
      if (isFull) {
        await attempt("show_presence", () => presence.keep());
        await attempt("keep_statistics", keepStatistics);
      }
      const { done, failed } = await doRound(isFull);
      if (isFull) lastFullRound = Date.now();
      if (failed > 0) await sleep(SECOND_MS);
      else if (done === 0) await sleep(IDLE_MS);
    }
  })();
  return {
    async stop() {
      stopping = true;
      await rounds;
      await nightly.stop();
      await presence.end();
    },
  };
}

/** Does each job once. One that fails, also because the database is away, stops no other. */
async function doRound(isFull: boolean): Promise<{ done: number; failed: number }> {
  const round = { done: 0, failed: 0 };
  for (const { name, schedule, run } of JOBS) {
    if (schedule !== "always" && !(isFull && schedule === "every_second")) continue;
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

/**
 * The clock of the nightly jobs, kept by graphile-worker in a schema of its own: each runs once,
 * however many workers there are.
 */
async function startNightlyClock(): Promise<Runner> {
  const nightly = JOBS.flatMap((job) =>
    typeof job.schedule === "object" ? [{ ...job, cron: job.schedule.cron }] : [],
  );
  const taskOf = ({ name, run }: Job) => [name, async () => void (await run())] as const;
  return runGraphile({
    connectionString: sessionAddress(),
    concurrency: 1,
    noHandleSignals: true,
    pollInterval: 10_000,
    crontab: nightly.map(({ cron, name }) => `${cron} ${name}`).join("\n"),
    taskList: Object.fromEntries(nightly.map(taskOf)),
  });
}
