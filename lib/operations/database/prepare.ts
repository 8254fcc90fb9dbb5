import pg from "pg";
import { runMigrations } from "graphile-worker";
import { DATABASE_ROLES, type DatabaseRole, roleAddresses } from "@/lib/core/database/address";
import { explainRefusal } from "@/lib/core/database/refusals";
import { settingFaults } from "@/lib/core/database/settings";
import { proveAccess } from "./access/prove-access";
import { directAddress, ensureRoles, userOf } from "./access/roles";
import { applyMigrations } from "./migrate";
import { waitForTurn } from "./schema-engine";

/** What `db:migrate` did: migrations that it applied, and what was missing and was made again. */
export type Prepared = { applied: string[]; mended: string[] };

/**
 * Makes a database ready for the application: its roles, every migration, the clock of the nightly
 * jobs; then proves grants, policies, triggers and settings. Doing it again changes nothing, and
 * several processes may do it at once.
 * @param address the owner's connection, past any pooler
 * @throws Error in one line that says what to do
 */
export async function prepareDatabase(address: string): Promise<Prepared> {
  const addresses = roleAddresses(address);
  const names = {
    goodword_app: userOf(addresses.goodword_app),
    goodword_gate: userOf(addresses.goodword_gate),
  };
  refuseOddNames(names);
  const mended = await setSettings(address);
  const owner = await connectAsOwner(address);
  try {
    await refuseUnfitDatabase(owner);
    await ensureRoles(owner, address, addresses);
    const applied = await applyMigrations(address);
    await openClock(owner, address, names.goodword_gate);
    mended.push(...(await proveAccess(owner, names)));
    for (const role of DATABASE_ROLES) await proveSettings(directAddress(address, addresses[role]));
    return { applied, mended };
  } finally {
    await owner.end();
  }
}

/** @throws Error in one line where the server does not answer, or does not let the owner in */
export async function connectAsOwner(address: string): Promise<pg.Client> {
  const owner = new pg.Client({ connectionString: address });
  owner.on("error", () => {});
  await owner.connect().catch((error: unknown) => {
    throw explainRefusal(error, address, "DATABASE_URL");
  });
  return owner;
}

/** Migrations name the roles in ways that know no quotes. */
function refuseOddNames(names: Record<DatabaseRole, string>): void {
  for (const name of Object.values(names)) {
    if (!/^[a-z_][a-z0-9_]{0,62}$/.test(name))
      throw new Error(`A role's name has small letters, digits and _ only: ${name} has others.`);
  }
}

const OLDEST = 150_000;

async function refuseUnfitDatabase(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{
    version: number;
    database: string;
    user: string;
    encoding: string;
    readOnly: boolean;
    mayCreate: boolean;
  }>(`
    SELECT current_setting('server_version_num')::int AS version,
      current_database()::text AS database, current_user::text AS user,
      current_setting('server_encoding') AS encoding,
      pg_is_in_recovery() OR current_setting('transaction_read_only')::bool AS "readOnly",
      has_schema_privilege('public', 'CREATE')
        AND has_database_privilege(current_database(), 'CREATE') AS "mayCreate"`);
  const { version, database, user, encoding, readOnly, mayCreate } = rows[0]!;
  const fault =
    version < OLDEST
      ? `PostgreSQL 15 or newer is needed; this is ${Math.floor(version / 10_000)}`
      : encoding !== "UTF8"
        ? `the database ${database} is in ${encoding}, and names in other scripts need UTF8: ` +
          `CREATE DATABASE "${database}_utf8" OWNER "${user}" ENCODING 'UTF8' LOCALE 'C' ` +
          "TEMPLATE template0"
        : readOnly
          ? `the database ${database} is read-only: name the primary server, or ` +
            `ALTER DATABASE "${database}" SET default_transaction_read_only = off`
          : !mayCreate
            ? `${user} may not make tables in ${database}: ` +
              `ALTER DATABASE "${database}" OWNER TO "${user}"`
            : null;
  if (fault !== null) throw new Error(`DATABASE_URL: ${fault}.`);
}

/**
 * The nightly clock keeps its jobs in a schema of its own: made by the owner, used by the gate.
 * Its tables have row-level security and no policy of their own.
 */
async function openClock(owner: pg.Client, address: string, gate: string): Promise<void> {
  await runMigrations({ connectionString: address });
  await owner.query("BEGIN");
  await waitForTurn(owner);
  const { rows } = await owner.query<{ name: string }>(
    `SELECT format('graphile_worker.%I', c.relname) AS name FROM pg_class c
     WHERE c.relnamespace = 'graphile_worker'::regnamespace AND c.relkind IN ('r', 'p')
       AND c.relrowsecurity
       AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'clock')`,
  );
  const role = pg.escapeIdentifier(gate);
  const statements = [
    `GRANT USAGE ON SCHEMA graphile_worker TO ${role}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO ${role}`,
    `GRANT USAGE ON ALL SEQUENCES IN SCHEMA graphile_worker TO ${role}`,
    `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO ${role}`,
    ...rows.map(({ name }) => `CREATE POLICY clock ON ${name} TO ${role} USING (true)`),
  ];
  await owner.query(statements.join(";\n"));
  await owner.query("COMMIT");
}

/**
 * Sets settings of the database right that the application cannot live with.
 * @returns the statements that did
 */
async function setSettings(address: string): Promise<string[]> {
  const owner = await connectAsOwner(address);
  try {
    const faults = await settingFaults(owner, null);
    const statements = faults
      .map(({ remedy }) => remedy)
      .filter((remedy) => remedy.startsWith("ALTER DATABASE"));
    await owner.query("SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE");
    for (const statement of statements) await owner.query(statement);
    return statements;
  } finally {
    await owner.end();
  }
}

/** @throws Error in one line when a role still has settings or rights that cannot work */
async function proveSettings(address: string): Promise<void> {
  const client = new pg.Client({ connectionString: address });
  client.on("error", () => {});
  await client.connect();
  const [fault] = await settingFaults(client, userOf(address)).finally(() => client.end());
  if (fault) {
    throw new Error(`The database has what cannot work: ${fault.problem}; ${fault.remedy}.`);
  }
}
