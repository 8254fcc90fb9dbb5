import { spawn } from "node:child_process";
import { mkdirSync, openSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildForProduction, isBuildStale } from "@/lib/operations/build";
import { endInGoodOrder, leaveWith } from "@/lib/operations/lifetime";
import { applyMigrations } from "@/lib/operations/migrate";
import { startTemporaryPostgres } from "@/lib/operations/temporary-postgres";

/** Where the tests find the server's log, and the address of its database. */
const folder = path.resolve(".data", "e2e");

/** What the browser and API tests run against: the production build, web and worker, on an empty database. */
async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  if (isBuildStale()) await buildForProduction(path.join(folder, "build.log"));
  const postgres = await startTemporaryPostgres();
  await applyMigrations(postgres.url);
  writeFileSync(path.join(folder, "database-url"), postgres.url);

  const log = openSync(path.join(folder, "server.log"), "w");
  const port = process.env.PORT ?? "3100";
  const server = spawn(process.execPath, ["--import", "tsx", "server.ts"], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: postgres.url,
      PORT: port,
      HOST: "",
      APP_URL: `http://localhost:${port}`,
      AUTH_SECRET: "only-for-tests-".repeat(3),
      GOODWORD_ROLE: "all",
      GOODWORD_DATA_DIR: folder,
      // What a developer's .env may hold must not reach a test: no real mail, no real Google.
      SMTP_URL: "",
      MAIL_FROM: "",
      GOOGLE_CLIENT_ID: "",
      GOOGLE_CLIENT_SECRET: "",
      TRUST_PROXY: "0",
      LOG_LEVEL: "info",
    },
    stdio: ["ignore", log, log, "ipc"],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  let stopping = false;
  endInGoodOrder(async () => {
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

main().catch(leaveWith);
