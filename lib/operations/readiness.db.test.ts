import { expect, inject, test } from "vitest";
import { waitUntil } from "./processes/processes";
import { readiness } from "./readiness";
import { runOnServer } from "./postgres/temporary-postgres";
import { showWorkerSign } from "./worker-sign";

test("a migrated database with a worker is ready, an empty one says what it lacks, and none at all that it does not answer", async () => {
  const url = process.env.DATABASE_URL!;
  expect(await readiness(url)).toEqual({
    status: "not ready",
    database: "ok",
    migrations: "ok",
    worker: "none is running",
  });
  const takeDown = showWorkerSign(url);
  const isReady = async () => (await readiness(url)).status === "ready";
  expect(await waitUntil(isReady, { withinMs: 5_000 })).toBe(true);
  await runOnServer(
    url,
    "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'",
  );
  expect(await isReady()).toBe(false);
  expect(await waitUntil(isReady, { withinMs: 10_000 })).toBe(true);
  await takeDown();
  expect(await waitUntil(async () => !(await isReady()), { withinMs: 5_000 })).toBe(true);
  expect(await readiness(inject("testServerUrl"))).toMatchObject({
    status: "not ready",
    database: "ok",
    migrations: "none; run npm run db:migrate",
  });
  expect(await readiness("postgresql://nobody@127.0.0.1:1/nothing")).toMatchObject({
    status: "not ready",
    database: "does not answer",
  });
});

test("however many ask at once, one connection is opened", async () => {
  const url = process.env.DATABASE_URL!;
  const answers = Array.from({ length: 200 }, () => readiness(url));
  expect(new Set(answers).size).toBe(1);
  expect(await answers[0]).toMatchObject({ database: "ok" });
  expect(readiness(url)).not.toBe(answers[0]);
});
