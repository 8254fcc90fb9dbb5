import { spawn } from "node:child_process";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { servingVariables } from "@/lib/core/database/address";
import { freePort } from "./processes/processes";
import { runOnServer } from "./postgres/temporary-postgres";

const served = servingVariables(process.env.DATABASE_URL!);
const database = new URL(process.env.DATABASE_URL!).pathname.slice(1);
const empty = `goodword_empty_${process.pid}`;
const latin = `goodword_latin_${process.pid}`;

beforeAll(async () => {
  const server = inject("testServerUrl");
  await runOnServer(server, `create database ${empty}`);
  await runOnServer(
    server,
    `create database ${latin} encoding 'LATIN1' locale 'C' locale_provider libc template template0`,
  );
});
afterAll(async () => {
  const server = inject("testServerUrl");
  for (const name of [empty, latin])
    await runOnServer(server, `drop database if exists ${name} with (force)`);
});

/** What a process says that is started with these variables changed, and how it ends. */
function start(
  program: string,
  variables: Record<string, string>,
): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx", program], {
      env: { ...process.env, NODE_ENV: "production", APP_URL: "", ...served, ...variables },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const output of [child.stdout, child.stderr])
      output.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, said }));
  });
}

function changed(change: (url: URL) => void): Record<string, string> {
  return Object.fromEntries(
    (["DATABASE_APP_URL", "DATABASE_GATE_URL"] as const).map((variable) => {
      const url = new URL(served[variable]!);
      change(url);
      return [variable, url.href];
    }),
  );
}

const PROGRAMS = ["server.ts", "lib/operations/worker.ts"];

async function expectOneLine(variables: Record<string, string>, words: RegExp): Promise<void> {
  for (const program of PROGRAMS) {
    const { code, said } = await start(program, variables);
    expect(said.trim(), program).toMatch(words);
    expect(said.trim().split("\n"), program).toHaveLength(1);
    expect(code, program).toBe(1);
  }
}

describe("web and worker refuse to start in one line", () => {
  test("when no server answers", async () => {
    const port = String(await freePort());
    await expectOneLine(
      changed((url) => (url.port = port)),
      /^DATABASE_APP_URL: no PostgreSQL server answers at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)\.$/,
    );
  });

  test("when the server does not know the role, or its password", async () => {
    await expectOneLine(
      changed((url) => (url.username = "somebody")),
      /^DATABASE_APP_URL: the server does not let somebody in /,
    );
    await expectOneLine(
      { DATABASE_GATE_URL: served.DATABASE_GATE_URL!.replace(/:[^:@]+@/, ":wrong@") },
      /^DATABASE_GATE_URL: the server does not let goodword_gate in /,
    );
  });

  test("when the database is not there, has no tables, or is in another encoding", async () => {
    await expectOneLine(
      changed((url) => (url.pathname = "/nowhere")),
      /^DATABASE_APP_URL: the database nowhere is not there/,
    );
    await expectOneLine(
      changed((url) => (url.pathname = `/${empty}`)),
      /^The database has no tables yet: npm run db:migrate$/,
    );
    await expectOneLine(
      changed((url) => (url.pathname = `/${latin}`)),
      /^DATABASE_APP_URL: .*the database is in LATIN1; UTF8 is needed/,
    );
  });

  test("when the database is read-only", async () => {
    const set = (value: string) =>
      runOnServer(
        process.env.DATABASE_URL!,
        `alter database ${database} set default_transaction_read_only = ${value}`,
      );
    await set("on");
    try {
      await expectOneLine({}, /^DATABASE_APP_URL: .*default_transaction_read_only is on .*ALTER /);
    } finally {
      await runOnServer(
        inject("testServerUrl"),
        `alter database ${database} reset default_transaction_read_only`,
      );
    }
  });

  test("when the public address has a path", async () => {
    await expectOneLine(
      { APP_URL: "https://shop.example.com/refer" },
      /APP_URL must not have a path: Goodword needs a host name of its own/,
    );
  });
});
