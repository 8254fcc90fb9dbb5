import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { inScope } from "@/lib/merchants/scope";
import { story } from "@/lib/worker/testing";
import { runOnServer } from "../../postgres/temporary-postgres";
import { prepareDatabase } from "../prepare";
import { scramVerifier } from "./scram";

const server = inject("testServerUrl");
const unique = crypto.randomUUID().replaceAll("-", "").slice(0, 12);
const earlier = process.env.DATABASE_URL;
const roles = { owner: `second_${unique}`, app: `s2_app_${unique}`, gate: `s2_gate_${unique}` };
const made: string[] = [];

beforeAll(async () => {
  await runOnServer(server, `CREATE ROLE ${roles.owner} LOGIN CREATEROLE PASSWORD 'owner'`);
});
afterEach(async () => {
  await closeConnections();
  for (const name of ["DATABASE_APP_URL", "DATABASE_GATE_URL"]) delete process.env[name];
  process.env.DATABASE_URL = earlier;
});
afterAll(async () => {
  for (const name of made) await runOnServer(server, `DROP DATABASE ${name} WITH (FORCE)`);
  for (const name of Object.values(roles)) await runOnServer(server, `DROP ROLE IF EXISTS ${name}`);
});

/** An empty database of the second installation's owner. */
async function emptyDatabase(more = ""): Promise<string> {
  const name = `second_${unique}_${made.length}`;
  await runOnServer(
    server,
    `CREATE DATABASE ${name} OWNER ${roles.owner} TEMPLATE template0 ${more}`,
  );
  made.push(name);
  return addressOf(roles.owner, "owner", name);
}

function addressOf(user: string, password: string, database: string): string {
  const url = new URL(server);
  Object.assign(url, { username: user, password, pathname: `/${database}` });
  return url.href;
}

/** Makes an address the one that this process serves, with roles of its own. */
function withOwnRoles(owner: string, app = "app-secret", gate = "gate-secret"): void {
  const database = new URL(owner).pathname.slice(1);
  process.env.DATABASE_URL = owner;
  process.env.DATABASE_APP_URL = addressOf(roles.app, app, database);
  process.env.DATABASE_GATE_URL = addressOf(roles.gate, gate, database);
}

/** How long a statement may take for whoever signs in there. */
async function statementLimit(address: string): Promise<string> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  const { rows } = await client.query<{ statement_timeout: string }>("SHOW statement_timeout");
  await client.end();
  return rows[0]!.statement_timeout;
}

describe("a second installation on one server, with an owner that is no superuser", () => {
  test("is told that the roles are another's, in one line", async () => {
    const owner = await emptyDatabase();
    await expect(prepareDatabase(owner)).rejects.toThrow(
      /^The owner may not .*another installation's.*: ALTER ROLE .*DATABASE_APP_URL[^\n]*$/,
    );
  });

  test("works with roles of its own, and neither sees the other", async () => {
    const owner = await emptyDatabase();
    withOwnRoles(owner);
    const { applied } = await prepareDatabase(owner);
    expect(applied.length).toBeGreaterThan(30);
    const limits = () =>
      Promise.all(
        [process.env.DATABASE_APP_URL!, process.env.DATABASE_GATE_URL!].map(statementLimit),
      );
    expect(await limits()).toEqual(["30s", "15s"]);
    await runOnServer(server, `ALTER ROLE ${roles.gate} SET statement_timeout = '20s'`);
    expect(await prepareDatabase(owner)).toEqual({ applied: [], mended: [] });
    // What the operator set stands.
    expect(await limits()).toEqual(["30s", "20s"]);
    const { scope, advocate, claim, purchase } = await story();
    const { code } = await advocate("ann");
    await claim("ben", code);
    await purchase("ben", "o-1", "40.00");
    expect(
      await inScope(scope, ({ db, merchantId }) => db.reward.count({ where: { merchantId } })),
    ).toBe(2);

    const first = new URL(earlier!).pathname.slice(1);
    const stranger = new pg.Client({
      connectionString: addressOf(roles.app, "app-secret", first),
    });
    await stranger.connect();
    await expect(stranger.query("SELECT * FROM merchant")).rejects.toMatchObject({ code: "42501" });
    await stranger.end();
  });

  test("whose secrets change: db:migrate gives the roles the new ones", async () => {
    const owner = await emptyDatabase();
    withOwnRoles(owner, "another", "another");
    await prepareDatabase(owner);
    const old = process.env.DATABASE_GATE_URL!;
    withOwnRoles(owner);
    await prepareDatabase(owner);
    const client = new pg.Client({ connectionString: old });
    await expect(client.connect()).rejects.toMatchObject({ code: "28P01" });
    await client.end();
    expect(await inScope((await story()).scope, ({ db }) => db.merchant.count())).toBe(1);
  });

  test("whose owner may not make roles: works with those that a superuser made", async () => {
    const owner = await emptyDatabase();
    await runOnServer(server, `ALTER ROLE ${roles.owner} NOCREATEROLE`);
    withOwnRoles(owner);
    expect((await prepareDatabase(owner)).applied.length).toBeGreaterThan(30);
    const database = new URL(owner).pathname.slice(1);
    process.env.DATABASE_APP_URL = addressOf(`absent_${unique}`, "x", database);
    await expect(prepareDatabase(owner)).rejects.toThrow(
      new RegExp(`As a superuser: CREATE ROLE "absent_${unique}" LOGIN NOINHERIT PASSWORD`),
    );
    await runOnServer(server, `ALTER ROLE ${roles.owner} CREATEROLE`);
  });

  test("is refused roles that may do more than the application should", async () => {
    const owner = await emptyDatabase();
    withOwnRoles(owner);
    await runOnServer(server, `ALTER ROLE ${roles.gate} BYPASSRLS`);
    await expect(prepareDatabase(owner)).rejects.toThrow(
      /may do more than the application should \(BYPASSRLS\).*ALTER ROLE .* NOBYPASSRLS/,
    );
    await runOnServer(server, `ALTER ROLE ${roles.gate} NOBYPASSRLS`);
    await runOnServer(server, `GRANT pg_read_all_data TO ${roles.gate}`);
    await expect(prepareDatabase(owner)).rejects.toThrow(/member of pg_read_all_data.*REVOKE/);
    await runOnServer(server, `REVOKE pg_read_all_data FROM ${roles.gate}`);
    process.env.DATABASE_GATE_URL = process.env.DATABASE_APP_URL;
    await expect(prepareDatabase(owner)).rejects.toThrow(/as three users/);
  });
});

describe("a database that cannot work is refused in one line that says what to do", () => {
  test("in another encoding than UTF8", async () => {
    const latin = await emptyDatabase("ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc");
    withOwnRoles(latin);
    await expect(prepareDatabase(latin)).rejects.toThrow(
      /is in LATIN1.*CREATE DATABASE .* ENCODING 'UTF8'[^\n]*$/,
    );
  });

  test("that is not there, or lets nobody in", async () => {
    await expect(prepareDatabase(addressOf(roles.owner, "owner", "nowhere"))).rejects.toThrow(
      /^DATABASE_URL: the database nowhere is not there.*CREATE DATABASE "nowhere" OWNER/,
    );
    await expect(prepareDatabase(addressOf(roles.owner, "wrong", "goodword"))).rejects.toThrow(
      /^DATABASE_URL: the server does not let .*Check the user and the password/,
    );
    await expect(prepareDatabase("postgresql://a:b@127.0.0.1:1/x")).rejects.toThrow(
      /^DATABASE_URL: no PostgreSQL server answers at 127.0.0.1:1/,
    );
    await expect(prepareDatabase("postgresql://nopassword@127.0.0.1:1/x")).rejects.toThrow(
      /has no password to derive/,
    );
  });

  test("where its user may not make tables", async () => {
    const owner = await emptyDatabase();
    const name = new URL(owner).pathname.slice(1);
    await runOnServer(server, `ALTER DATABASE ${name} OWNER TO ${new URL(server).username}`);
    withOwnRoles(owner);
    await expect(prepareDatabase(owner)).rejects.toThrow(
      /may not make tables in .*ALTER DATABASE .* OWNER TO/,
    );
  });

  test("that speaks no TLS where the address asks for it", async () => {
    const owner = await emptyDatabase();
    withOwnRoles(owner);
    await expect(prepareDatabase(`${owner}?sslmode=require`)).rejects.toThrow(
      /speaks no TLS.*sslmode/,
    );
  });
});

test("the server stores of a password what it would make of it itself", async () => {
  // RFC 7677's own example.
  expect(scramVerifier("pencil", Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64"))).toBe(
    "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$" +
      "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
  );
});
