import { run as runGraphile, type Runner } from "graphile-worker";
import { sessionAddress } from "@/lib/core/database/address";
import { JOBS } from "./jobs";
import type { Job } from "./job-kinds/job";
import { workerPresence } from "./presence";
import { loopsOf, startRounds } from "./rounds";
import { keepStatistics } from "./statistics";

/**
 * Starts the worker: it does the jobs of the list, round after round in two loops, and those with a
 * cron pattern at their time. Tables are its queues, so any number of workers may run, and one that
 * dies loses nothing.
 * @returns what stops it, once the round under way is done
 */
export async function startWorker(): Promise<{ stop(): Promise<void> }> {
  const nightly = await startNightlyClock();
  const presence = workerPresence();
  const upkeep = [
    { name: "show_presence", keep: presence.keep },
    { name: "keep_statistics", keep: keepStatistics },
  ];
  const loops = loopsOf(JOBS).map((jobs, index) => startRounds(jobs, index === 0 ? upkeep : []));
  return {
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
      await nightly.stop();
      await presence.end();
    },
  };
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
