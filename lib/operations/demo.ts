import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { closeConnections } from "@/lib/core/db";
import { loadEnvironmentFile } from "@/lib/core/env";
import { buildForProduction, isBuildStale } from "./build";
import { dataDirectory, keptAuthSecret, openDatabase } from "./postgres/data-directory";
import { shutDownOnSignal, endWithNpm, report } from "./processes/lifetime";
import { servingVariables } from "@/lib/core/database/address";
import { prepareDatabase } from "./database/prepare";
import { type Postgres, startPostgres } from "./postgres/postgres-server";
import { commandLine, endProcess, freePort, isAlive, isPortFree } from "./processes/processes";
import { type DemoFacts, runSeed } from "./seeding";
import { type Supervised, supervise } from "./processes/supervisor";

/**
 * What the demo writes down about its processes, so that the next start can clear up after a kill
 * -9.
 */
type Running = { launcher: number; url: string; children: number[] };

/**
 * `npm run demo`: everything on this machine, from nothing to three doors. Stays until it is
 * stopped.
 */
export async function main(): Promise<void> {
  loadEnvironmentFile();
  const dataDir = dataDirectory();
  await clearUp(dataDir);
  const port = await choosePort();
  const host = process.env.HOST || "127.0.0.1";
  const baseUrl = (process.env.APP_URL || `http://localhost:${port}`).replace(/\/+$/, "");

  const children: Supervised[] = [];
  let postgres: Postgres | undefined;
  let stopping = false;
  const note = () =>
    writeRunning(dataDir, { launcher: process.pid, url: baseUrl, children: pidsOf(children) });
  note();
  const stop = async () => {
    stopping = true;
    await Promise.all(children.map((child) => child.stop()));
    await closeConnections();
    await postgres?.stop();
    rmSync(runningFile(dataDir), { force: true });
  };
  shutDownOnSignal(stop, 60_000);
  endWithNpm();

  try {
    const building = buildIfNeeded(dataDir);
    building.catch(() => {});
    postgres = await openDatabase(dataDir);
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: postgres.url,
      AUTH_SECRET: keptAuthSecret(dataDir),
      PORT: String(port),
      HOST: host,
      APP_URL: baseUrl,
      GOODWORD_DATA_DIR: dataDir,
      // It has shops from the start, and whoever tries it wants to open one too.
      SIGN_UP: process.env.SIGN_UP || "open",
    };
    // The seed runs in this process, through the same commands as everything else.
    Object.assign(process.env, env);
    const { applied } = await prepareDatabase(postgres.url);
    if (applied.length > 0) console.log(`Database: applied ${applied.join(", ")}.`);
    const facts = await runSeed(baseUrl, dataDir);
    await building;

    void keepUp(
      postgres,
      dataDir,
      () => stopping,
      (next) => (postgres = next),
    );
    children.push(...startServers({ ...env, ...servingVariables(postgres.url) }, dataDir, note));
    await Promise.all(children.map((child) => child.ready));
    printDoors(baseUrl, facts, dataDir);
  } catch (error) {
    if (stopping) return;
    report(error);
    await stop();
    process.exit(1);
  }
}

/** The web server and the worker, each started again when it ends. */
function startServers(env: NodeJS.ProcessEnv, dataDir: string, onChange: () => void): Supervised[] {
  const start = (name: string, program: string, role: string) =>
    supervise(
      name,
      path.resolve(program),
      { ...env, GOODWORD_ROLE: role },
      path.join(dataDir, `${role}.log`),
      onChange,
    );
  return [
    start("web server", "server.ts", "web"),
    start("worker", "lib/operations/worker.ts", "worker"),
  ];
}

async function buildIfNeeded(dataDir: string): Promise<void> {
  if (!isBuildStale()) return;
  console.log("Building for production; it takes a minute or two, once per change of the code …");
  await buildForProduction(path.join(dataDir, "build.log"));
}

/** Starts the database server again, at its place, if it ends while the demo runs. */
async function keepUp(
  server: Postgres,
  dataDir: string,
  isOver: () => boolean,
  onNew: (next: Postgres) => void,
) {
  const port = Number(new URL(server.url).port);
  for (let current = server; ;) {
    await current.ended;
    if (isOver()) return;
    console.error("The database server ended. Starting it again.");
    current = await startPostgres({ dataDir, port });
    onNew(current);
  }
}

/** PORT; else 3000, or a free one if that is taken. @throws Error when PORT is set and taken */
async function choosePort(): Promise<number> {
  const wanted = Number(process.env.PORT || 3000);
  const isFree = (await isPortFree(wanted, "127.0.0.1")) && (await isPortFree(wanted));
  if (isFree) return wanted;
  if (process.env.PORT)
    throw new Error(`Port ${wanted} is taken. Choose another: PORT=3001 npm run demo`);
  return freePort();
}

function printDoors(baseUrl: string, facts: DemoFacts, dataDir: string): void {
  console.log(
    [
      "",
      "Goodword is ready. Three doors:",
      "",
      `  Merchant   ${baseUrl}/admin`,
      `             ${facts.admin.email}, password ${facts.admin.password}`,
      `  Customer   ${facts.customer.signInUrl}`,
      `             signs in ${facts.customer.email}`,
      `  Friend     ${facts.inviteUrl}`,
      "",
      `Data and logs are in ${path.relative(".", dataDir) || "."}.`,
      "Ctrl-C stops everything and keeps the data.",
      `READY ${JSON.stringify({ url: baseUrl, ...facts })}`,
    ].join("\n"),
  );
}

const runningFile = (dataDir: string) => path.join(dataDir, "demo.running.json");

function writeRunning(dataDir: string, running: Running): void {
  writeFileSync(runningFile(dataDir), JSON.stringify(running));
}

function pidsOf(children: Supervised[]): number[] {
  return children.map((child) => child.pid()).filter((pid) => pid !== undefined);
}

/**
 * Ends what an earlier demo on this data folder left running. A process counts as ours only if its
 * command line names our programs, since its id may belong to a stranger by now.
 * @throws Error when that demo itself still runs
 */
async function clearUp(dataDir: string): Promise<void> {
  const file = runningFile(dataDir);
  if (!existsSync(file)) return;
  let running: Running;
  try {
    running = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return;
  }
  const isOurs = (pid: number, program: string) =>
    isAlive(pid) && !!commandLine(pid)?.includes(program);
  if (running.launcher !== process.pid && isOurs(running.launcher, "bootstrap.mjs demo")) {
    throw new Error(
      `A demo is already running on this data: ${running.url} (process ${running.launcher}).`,
    );
  }
  const programs = [path.resolve("server.ts"), path.resolve("lib/operations/worker.ts")];
  for (const pid of running.children) {
    if (programs.some((program) => isOurs(pid, program)))
      await endProcess(pid, ["SIGTERM", "SIGKILL"], 10_000);
  }
}
