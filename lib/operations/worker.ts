import { environment, exportToNextAuth, loadEnvironmentFile } from "@/lib/core/env";
import { closeConnections } from "@/lib/core/db";
import { startWorker } from "@/lib/worker/run";
import { requireDatabase } from "./database/require-database";
import { exitWithError, shutDownOnSignal } from "./processes/lifetime";

/** `npm run worker`, or GOODWORD_ROLE=worker: nothing but the jobs in this process. */
export async function runWorkerAlone(): Promise<void> {
  loadEnvironmentFile();
  const env = environment();
  exportToNextAuth(env);
  await requireDatabase();
  const worker = await startWorker();
  shutDownOnSignal(async () => {
    await worker.stop();
    await closeConnections();
  });
  console.log("Goodword's worker is ready.");
  process.send?.({ ready: true });
}

if (process.argv[1] === import.meta.filename) runWorkerAlone().catch(exitWithError);
