import { Logger, run } from "graphile-worker";
import { environment, exportToNextAuth, loadEnvironmentFile } from "@/lib/core/env";
import { closeConnections } from "@/lib/core/db";
import { crontab, tasks } from "./jobs";
import { endInGoodOrder, leaveWith } from "./lifetime";

/** The job worker: takes jobs and cron's tasks from the database until stopped. `stop` lets running jobs finish. */
export async function startWorker(databaseUrl: string): Promise<{ stop: () => Promise<void> }> {
  const runner = await run({
    connectionString: databaseUrl,
    taskList: tasks,
    crontab: crontab.join("\n"),
    concurrency: 4,
    pollInterval: 1_000,
    noHandleSignals: true,
    logger: new Logger(() => (level, message) => {
      if (level === "error" || level === "warning") console.error(`worker: ${message}`);
    }),
  });
  runner.promise.catch(leaveWith);
  return { stop: () => runner.stop() };
}

/** Nothing but the jobs in this process. */
export async function runWorkerAlone(): Promise<void> {
  loadEnvironmentFile();
  const env = environment();
  exportToNextAuth(env);
  const worker = await startWorker(env.DATABASE_URL);
  endInGoodOrder(async () => {
    await worker.stop();
    await closeConnections();
  });
  console.log("The worker is ready.");
  process.send?.({ ready: true });
}

if (process.argv[1] === import.meta.filename) runWorkerAlone().catch(leaveWith);
