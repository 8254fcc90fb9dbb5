import { spawn } from "node:child_process";
import { mkdirSync, openSync, writeFileSync } from "node:fs";
import path from "node:path";
import { servingVariables } from "@/lib/core/database/address";
import { buildForProduction, isBuildStale } from "@/lib/operations/build";
import { shutDownOnSignal, exitWithError } from "@/lib/operations/processes/lifetime";
import { NODE_FLAGS } from "@/lib/operations/processes/node-flags";
import { prepareDatabase } from "@/lib/operations/database/prepare";
import { startTemporaryPostgres } from "@/lib/operations/postgres/temporary-postgres";
import { folder, serverEnvironment } from "./surroundings";

/**
 * What the browser and API tests run against: the production build, web and worker, on an empty
 * database.
 */
async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  if (isBuildStale()) await buildForProduction(path.join(folder, "build.log"));
  const postgres = await startTemporaryPostgres();
  await prepareDatabase(postgres.url);
  writeFileSync(path.join(folder, "database-url"), postgres.url);

  const log = openSync(path.join(folder, "server.log"), "w");
  const port = Number(process.env.PORT ?? 3100);
  const server = spawn(process.execPath, [...NODE_FLAGS, "server.ts"], {
    env: {
      ...serverEnvironment({ database: postgres.url, port }),
      ...servingVariables(postgres.url),
    },
    stdio: ["ignore", log, log, "ipc"],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  let stopping = false;
  shutDownOnSignal(async () => {
    stopping = true;
    server.kill("SIGTERM");
    await ended;
    await postgres.stop();
  });
  await ended;
  if (stopping) return;
  await postgres.stop();
  throw new Error(`The server ended by itself; ${path.join(folder, "server.log")} says why.`);
}

main().catch(exitWithError);
