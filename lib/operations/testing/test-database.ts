import { afterAll, inject } from "vitest";
import { runOnServer } from "../postgres/temporary-postgres";

// Runs before each `*.db.test.ts` is loaded: gives it a database of its own, before anything reads
// DATABASE_URL.
const name = `goodword_test_${crypto.randomUUID().replaceAll("-", "")}`;
const serverUrl = inject("testServerUrl");
await runOnServer(serverUrl, `create database ${name} template ${inject("testTemplate")}`);
const url = new URL(serverUrl);
url.pathname = `/${name}`;
process.env.DATABASE_URL = url.href;
process.env.AUTH_SECRET ??= "only-for-tests-".repeat(3);

afterAll(async () => {
  const { closeConnections } = await import("@/lib/core/db");
  await closeConnections();
  await runOnServer(serverUrl, `drop database if exists ${name} with (force)`);
});
