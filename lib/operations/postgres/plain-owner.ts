import { scryptSync } from "node:crypto";
import pg from "pg";
import { database } from "./connection";

/** Who owns the product's database: it may make databases and roles, and is no superuser. */
const OWNER = "goodword_owner";

/**
 * Makes the product's database and its owner, unless they are there. A cluster from before there
 * was one has everything of the superuser's: it is given to the owner, once.
 * @param adminUrl signs in as the cluster's superuser
 * @returns the database's address as its owner, whose password follows from the superuser's
 */
export async function ensureOwner(adminUrl: string): Promise<string> {
  const password = scryptSync(new URL(adminUrl).password, OWNER, 24).toString("hex");
  await as(adminUrl, (admin) => makeOwner(admin, password));
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (!(await as(url.href, isHandled))) await as(url.href, giveEverything);
  url.username = OWNER;
  url.password = password;
  return url.href;
}

async function as<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtextextended('goodword owner', 0))");
    return await work(client);
  } finally {
    await client.end();
  }
}

async function makeOwner(admin: pg.Client, password: string): Promise<void> {
  const { rows } = await admin.query<{ owner: boolean; database: boolean; roles: string[] }>(
    `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS owner,
       EXISTS (SELECT FROM pg_database WHERE datname = $2) AS database,
       ARRAY(SELECT rolname::text FROM pg_roles
         WHERE rolname IN ('goodword_app', 'goodword_gate')) AS roles`,
    [OWNER, database],
  );
  const found = rows[0]!;
  if (!found.owner) {
    await admin.query(`CREATE ROLE ${OWNER} LOGIN CREATEROLE CREATEDB PASSWORD '${password}'`);
    // Whoever makes a role may change it; these were made by the superuser.
    for (const role of found.roles)
      await admin.query(`GRANT ${role} TO ${OWNER} WITH ADMIN OPTION`);
  }
  if (!found.database) await admin.query(`CREATE DATABASE ${database} OWNER ${OWNER}`);
}

async function isHandled(admin: pg.Client): Promise<boolean> {
  const { rows } = await admin.query<{ owner: string }>(
    "SELECT pg_get_userbyid(datdba)::text AS owner FROM pg_database WHERE datname = $1",
    [database],
  );
  return rows[0]!.owner === OWNER;
}

/** What is in no schema of PostgreSQL's own, of no extension and still the superuser's. */
const BELONGINGS = `
  WITH ours AS (
    SELECT oid, nspname FROM pg_namespace
    WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
  )
  SELECT format('ALTER SCHEMA %I OWNER TO ${OWNER}', n.nspname) AS statement
  FROM pg_namespace n JOIN ours USING (oid) WHERE n.nspowner = 10
  UNION ALL
  SELECT format('ALTER TABLE %s OWNER TO ${OWNER}', c.oid::regclass)
  FROM pg_class c JOIN ours ON ours.oid = c.relnamespace
  WHERE c.relowner = 10 AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
    -- The sequence of a column goes with its table.
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
      AND d.objid = c.oid AND d.deptype IN ('a', 'i', 'e'))
  UNION ALL
  SELECT format('ALTER ROUTINE %s OWNER TO ${OWNER}', p.oid::regprocedure)
  FROM pg_proc p JOIN ours ON ours.oid = p.pronamespace
  WHERE p.proowner = 10 AND NOT EXISTS (SELECT FROM pg_depend d
    WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
  UNION ALL
  SELECT format('ALTER TYPE %s OWNER TO ${OWNER}', t.oid::regtype)
  FROM pg_type t JOIN ours ON ours.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
  WHERE t.typowner = 10 AND t.typcategory <> 'A' AND COALESCE(c.relkind = 'c', true)
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass
      AND d.objid = t.oid AND d.deptype IN ('e', 'i'))`;

/** All of it or nothing; the database last, by which it is known to be done. */
async function giveEverything(admin: pg.Client): Promise<void> {
  if (await isHandled(admin)) return;
  const { rows } = await admin.query<{ statement: string }>(BELONGINGS);
  const statements = [
    ...rows.map(({ statement }) => statement),
    `ALTER DATABASE ${database} OWNER TO ${OWNER}`,
  ];
  await admin.query(`BEGIN; ${statements.join("; ")}; COMMIT`);
}
