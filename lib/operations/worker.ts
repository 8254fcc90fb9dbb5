import { environment, exportToNextAuth, loadEnvironmentFile } from "@/lib/core/env";
import { closeConnections } from "@/lib/core/db";
import { startWorker } from "@/lib/worker/run";
import { shutDownOnSignal, exitWithError } from "./processes/lifetime";
import { showWorkerSign } from "./worker-sign";

/**
 * The worker, for all to see that there is one. @returns what ends it, once its jobs under way are
 * done
 */
export async function startVisibleWorker(
  databaseUrl: string,
): Promise<{ stop: () => Promise<void> }> {
  const worker = await startWorker(databaseUrl);
  const takeDown = showWorkerSign(databaseUrl);
  return {
    stop: async () => {
      await worker.stop();
      await takeDown();
    },
  };
}

/** `npm run worker`, or GOODWORD_ROLE=worker: nothing but the jobs in this process. */
export async function runWorkerAlone(): Promise<void> {
  loadEnvironmentFile();
  const env = environment();
  exportToNextAuth(env);
  const worker = await startVisibleWorker(env.DATABASE_URL);
  shutDownOnSignal(async () => {
    await worker.stop();
    await closeConnections();
  });
  console.log("Goodword's worker is ready.");
  process.send?.({ ready: true });
}

if (process.argv[1] === import.meta.filename) runWorkerAlone().catch(exitWithError);
