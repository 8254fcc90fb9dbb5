import { spawn } from "node:child_process";
import { loadEnvironmentFile } from "@/lib/core/env";
import { dataDirectory, keptAuthSecret, openDatabase } from "./postgres/data-directory";
import { shutDownOnSignal, endWithNpm } from "./processes/lifetime";
import { prepareDatabase } from "./database/prepare";
import { runSeed } from "./seeding";

/**
 * `npm run dev`: the database as in the demo, and one process with pages that change as you write,
 * and the worker.
 */
export async function main(): Promise<void> {
  loadEnvironmentFile();
  const dataDir = dataDirectory();
  const postgres = await openDatabase(dataDir);
  const port = process.env.PORT || "3000";
  const env = {
    DATABASE_URL: postgres.url,
    AUTH_SECRET: keptAuthSecret(dataDir),
    PORT: port,
    HOST: process.env.HOST || "127.0.0.1",
    APP_URL: process.env.APP_URL || `http://localhost:${port}`,
    GOODWORD_DATA_DIR: dataDir,
  };
  Object.assign(process.env, env);
  await prepareDatabase(postgres.url);
  const facts = await runSeed(env.APP_URL, dataDir);
  console.log(
    [
      `Merchant: ${facts.admin.email}, password ${facts.admin.password}`,
      `Customer: ${facts.customer.signInUrl}`,
    ].join("\n"),
  );

  const server = spawn(process.execPath, ["--import", "tsx", "server.ts", "--dev"], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
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
  endWithNpm();
  await ended;
  if (!stopping) process.kill(process.pid, "SIGTERM");
}
