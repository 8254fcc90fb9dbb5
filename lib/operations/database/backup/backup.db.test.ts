import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { inScope } from "@/lib/merchants/scope";
import { story, type Story } from "@/lib/worker/testing";
import { runOnServer, startTemporaryPostgres } from "../../postgres/temporary-postgres";
import { prepareDatabase } from "../prepare";
import { backUp } from "./back-up";
import { MANIFEST } from "./manifest";
import { findPostgresTools, runPostgresTool, variablesOf } from "./postgres-tools";
import { restore } from "./restore";

/** The oldest server that we have programs for: the one beside pg_dump, where there is one. */
function toolsAndServer(): { bin: string } | null {
  try {
    const { dump } = findPostgresTools(15);
    const bin = path.dirname(dump);
    return existsSync(path.join(bin, "initdb")) ? { bin } : null;
  } catch {
    return null;
  }
}

const there = toolsAndServer();
if (!there)
  console.warn("Skipped: backups need pg_dump, pg_restore and a server of their version.");

/** As .env.example has it: owns its database, may make roles, and is no superuser. */
async function ownedDatabase(server: string, name: string): Promise<string> {
  await runOnServer(
    server,
    `DO $$ BEGIN
       IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'keeper') THEN
         CREATE ROLE keeper LOGIN CREATEROLE PASSWORD 'keeps';
       END IF;
     END $$`,
  );
  await runOnServer(server, `CREATE DATABASE ${name} OWNER keeper TEMPLATE template0`);
  const url = new URL(server);
  Object.assign(url, { username: "keeper", password: "keeps", pathname: `/${name}` });
  return url.href;
}

describe.skipIf(!there)("a backup of a shop in use", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "goodword-backup-"));
  const earlier = process.env.DATABASE_URL;
  let servers: { url: string; stop(): Promise<void> }[];
  let url: string;
  let shop: Story;

  beforeAll(async () => {
    servers = [await startTemporaryPostgres(there!.bin), await startTemporaryPostgres(there!.bin)];
    url = await ownedDatabase(servers[0]!.url, "shop");
    await prepareDatabase(url);
    await use(url);
    shop = await story();
    const { code } = await shop.advocate("ann");
    await shop.claim("ben", code);
    await shop.purchase("ben", "o-1", "40.00");
  });
  afterAll(async () => {
    await use(earlier!);
    for (const server of servers) await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function use(address: string): Promise<void> {
    await closeConnections();
    process.env.DATABASE_URL = address;
  }

  const granted = () =>
    inScope(shop.scope, ({ db, merchantId }) => db.reward.count({ where: { merchantId } }));

  test("is restored on a second server, to the cent, and the shop goes on there", async () => {
    const place = path.join(folder, "first");
    // Somebody buys while the backup is made: it holds one moment, before or after.
    const buying = (async () => {
      for (const n of [1, 2, 3]) await shop.purchase(`new-${n}`, `while-${n}`, "10.00");
    })();
    const manifest = await backUp(url, place);
    await buying;
    expect(readdirSync(folder)).toEqual(["first"]);
    expect(manifest.rows).toMatchObject({ merchant: 2, reward: 2 });
    expect(Object.keys(manifest.books)).toContain("USD/2");
    const before = await granted();

    const copy = await ownedDatabase(servers[1]!.url, "copy");
    await restore(copy, place);
    expect((await prepareDatabase(copy)).mended).toEqual([]);
    await use(copy);
    expect(await granted()).toBe(before);
    const { code } = await shop.advocate("cem");
    await shop.claim("dua", code);
    await shop.purchase("dua", "o-2", "40.00");
    await shop.refund("o-1");
    expect(await granted()).toBe(before + 2);
    await expect(
      inScope(shop.scope, ({ db }) => db.$executeRaw`UPDATE event SET type = 'x'`),
    ).rejects.toThrow(/permission denied/);
    await use(url);
  });

  test("by plain pg_dump as the owner is whole, and db:migrate makes what was lost", async () => {
    const { dump, restore: program } = findPostgresTools(15);
    const file = path.join(folder, "plain.dump");
    await runPostgresTool(dump, ["--format=custom", `--file=${file}`], url);
    const bare = await ownedDatabase(servers[1]!.url, "bare");
    // A server that knows neither role: every grant and policy is lost, and pg_restore goes on.
    await runOnServer(servers[1]!.url, "DROP DATABASE copy");
    for (const role of ["goodword_app", "goodword_gate"])
      await runOnServer(servers[1]!.url, `DROP ROLE ${role}`);
    await runPostgresTool(program, ["--no-owner", "--dbname=bare", file], bare).catch(() => {});
    const { mended } = await prepareDatabase(bare);
    expect(mended.length).toBeGreaterThan(150);
    expect((await prepareDatabase(bare)).mended).toEqual([]);
    await use(bare);
    expect(await granted()).toBeGreaterThan(0);
    await use(url);
  });

  test("that fails or is broken off leaves nothing behind, and none is overwritten", async () => {
    const place = path.join(folder, "none");
    await expect(backUp(url, place, AbortSignal.abort())).rejects.toThrow(/aborted/);
    const wrong = new URL(url);
    wrong.password = "wrong";
    await expect(backUp(wrong.href, place)).rejects.toThrow(/^DATABASE_URL: .*let keeper in/);
    expect(readdirSync(folder).toSorted()).toEqual(["first", "plain.dump"]);
    await expect(backUp(url, path.join(folder, "first"))).rejects.toThrow(/exists already/);
  });

  test("goes into an empty database only, whole or not at all", async () => {
    const place = path.join(folder, "first");
    await expect(restore(url, place)).rejects.toThrow(/has \d+ tables already.*CREATE DATABASE/);
    await expect(restore(url, folder)).rejects.toThrow(/is no backup of npm run db:backup/);

    const file = path.join(place, MANIFEST);
    const text = readFileSync(file, "utf8");
    const manifest = JSON.parse(text);
    writeFileSync(file, JSON.stringify({ ...manifest, migrations: ["29990101000000_later"] }));
    const target = await ownedDatabase(servers[0]!.url, "target");
    await expect(restore(target, place)).rejects.toThrow(/newer version of Goodword/);
    writeFileSync(file, JSON.stringify({ ...manifest, rows: { ...manifest.rows, event: 1 } }));
    await expect(restore(target, place)).rejects.toThrow(/event has \d+ rows instead of 1/);
    writeFileSync(file, text);

    const half = await ownedDatabase(servers[0]!.url, "half");
    const largest = readdirSync(place).find((name) => name.endsWith(".dat.gz"))!;
    const data = readFileSync(path.join(place, largest));
    writeFileSync(path.join(place, largest), data.subarray(0, data.length / 2));
    await expect(restore(half, place)).rejects.toThrow(/pg_restore failed/);
    const client = new pg.Client({ connectionString: half });
    await client.connect();
    const { rows } = await client.query(
      "SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = 'public'",
    );
    await client.end();
    expect(rows).toEqual([{ n: 0 }]);
    writeFileSync(path.join(place, largest), data);
  });
});

test("a server that is newer than every pg_dump is refused: one line says what to install", () => {
  expect(() => findPostgresTools(99)).toThrow(
    /^pg_dump and pg_restore of PostgreSQL 99 or newer are needed.*postgresql-client-99[^\n]*$/,
  );
});

test("an address is told to PostgreSQL's programs by libpq's variables", () => {
  expect(
    variablesOf("postgresql://a%40b:p%2Fw@[::1]:6543/my%20shop?sslmode=no-verify"),
  ).toMatchObject({
    PGHOST: "::1",
    PGPORT: "6543",
    PGUSER: "a@b",
    PGPASSWORD: "p/w",
    PGDATABASE: "my shop",
    PGSSLMODE: "require",
  });
});
