import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { startPostgres } from "./postgres-server";
import { isAlive, waitUntil } from "../processes/processes";

const dataDir = mkdtempSync(path.join(os.tmpdir(), "goodword-postgres-"));
const lockFile = path.join(dataDir, "postgres", "postmaster.pid");
const serverPid = () => Number(readFileSync(lockFile, "utf8").split("\n")[0]);
const ask = async (url: string, sql: string) => {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  return client.query(sql).finally(() => client.end().catch(() => {}));
};

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

test("data outlive a stop, a kill -9, and a lock file that names a stranger", async () => {
  // What a process that died while it made the cluster leaves behind.
  mkdirSync(path.join(dataDir, "postgres.new-2147483646", "data"), { recursive: true });
  let server = await startPostgres({ dataDir });
  await ask(server.url, "create table kept (n int)");
  await ask(server.url, "insert into kept values (1)");
  const settings = await ask(
    server.url,
    "select current_setting('server_encoding') e, current_setting('timezone') t",
  );
  expect(settings.rows).toEqual([{ e: "UTF8", t: "UTC" }]);
  await server.stop();

  server = await startPostgres({ dataDir });
  await ask(server.url, "insert into kept values (2)");
  process.kill(serverPid(), "SIGKILL");

  server = await startPostgres({ dataDir });
  const lock = readFileSync(lockFile, "utf8");
  const pid = serverPid();
  process.kill(pid, "SIGKILL");
  await waitUntil(() => !isAlive(pid), { withinMs: 5_000 });
  writeFileSync(lockFile, lock.replace(String(pid), String(process.ppid)));

  server = await startPostgres({ dataDir });
  expect((await ask(server.url, "select n from kept order by n")).rows).toEqual([
    { n: 1 },
    { n: 2 },
  ]);
  const last = serverPid();
  await server.stop();
  expect(isAlive(last)).toBe(false);
});

test("a server that is up already is shared", async () => {
  const first = await startPostgres({ dataDir });
  const second = await startPostgres({ dataDir });
  expect(second.url).toBe(first.url);
  await first.stop();
});
