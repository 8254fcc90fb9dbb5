import pg from "pg";
import { DATABASE_ROLES, type DatabaseRole, VARIABLE_OF } from "@/lib/core/database/address";
import { STATEMENT_MS } from "@/lib/core/database/settings";
import { scramVerifier } from "./scram";

type Attributes = {
  name: string;
  rights: string[];
  memberOf: string[];
};

/**
 * Makes the roles as which the application signs in, with the passwords of their addresses, and
 * proves that each is what it should be.
 * @param owner signed in at `ownerAddress`
 * @throws Error in one line, with the statement that a superuser has to run, when the owner may not
 */
export async function ensureRoles(
  owner: pg.ClientBase,
  ownerAddress: string,
  addresses: Record<DatabaseRole, string>,
): Promise<void> {
  const names = DATABASE_ROLES.map((role) => userOf(addresses[role]));
  const ownName = userOf(ownerAddress);
  if (new Set([ownName, ...names]).size < 3) {
    throw new Error(
      "DATABASE_URL, DATABASE_APP_URL and DATABASE_GATE_URL have to sign in as three users.",
    );
  }
  for (const role of DATABASE_ROLES) {
    await ensureRole(owner, directAddress(ownerAddress, addresses[role]), role);
  }
}

/** A role's address at the owner's server, past any pooler. */
export function directAddress(ownerAddress: string, roleAddress: string): string {
  const url = new URL(ownerAddress);
  const { username, password } = new URL(roleAddress);
  url.username = username;
  url.password = password;
  return url.href;
}

async function ensureRole(owner: pg.ClientBase, address: string, role: DatabaseRole) {
  const name = userOf(address);
  const quoted = pg.escapeIdentifier(name);
  const password = decodeURIComponent(new URL(address).password);
  const secret = pg.escapeLiteral(scramVerifier(password));
  let found = await attributesOf(owner, name);
  if (!found) {
    await owner
      .query(`CREATE ROLE ${quoted} LOGIN NOINHERIT PASSWORD ${secret}`)
      .catch((error: unknown) => {
        if (isMadeMeanwhile(error)) return;
        throw refusal(error, role, `CREATE ROLE ${quoted} LOGIN NOINHERIT PASSWORD '…'`);
      });
    found = await attributesOf(owner, name);
  }
  await refuseRights(owner, found!);
  await limitStatements(owner, name, role);
  if (await mayEnter(address)) return;
  await owner
    .query(`ALTER ROLE ${quoted} LOGIN PASSWORD ${secret}`)
    .catch(async (error: unknown) => {
      if (isMadeMeanwhile(error) && (await mayEnter(address))) return;
      throw refusal(error, role, `ALTER ROLE ${quoted} LOGIN PASSWORD '…'`);
    });
}

/**
 * How long a statement of the role may take, whoever signs in as it: behind a pooler too, which
 * takes no settings from a connection. What the operator set stands; where the owner may not set
 * it, connections that can say it themselves.
 */
async function limitStatements(owner: pg.ClientBase, name: string, role: DatabaseRole) {
  const { rowCount } = await owner.query(
    `SELECT FROM pg_roles
     WHERE rolname = $1 AND array_to_string(rolconfig, ' ') ~ '(^| )statement_timeout='`,
    [name],
  );
  if (rowCount === 1) return;
  await owner
    .query(`ALTER ROLE ${pg.escapeIdentifier(name)} SET statement_timeout = ${STATEMENT_MS[role]}`)
    .catch((error: unknown) => {
      if ((error as { code?: string }).code !== "42501" && !isMadeMeanwhile(error)) throw error;
    });
}

async function attributesOf(owner: pg.ClientBase, name: string): Promise<Attributes | undefined> {
  const { rows } = await owner.query<Attributes>(
    `
    SELECT rolname::text AS name,
      array_remove(ARRAY[
        CASE WHEN rolsuper THEN 'SUPERUSER' END,
        CASE WHEN rolbypassrls THEN 'BYPASSRLS' END,
        CASE WHEN rolcreaterole THEN 'CREATEROLE' END,
        CASE WHEN rolcreatedb THEN 'CREATEDB' END,
        CASE WHEN rolreplication THEN 'REPLICATION' END
      ], NULL) AS rights,
      ARRAY(
        SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
        WHERE m.member = r.oid ORDER BY 1
      ) AS "memberOf"
    FROM pg_roles r WHERE rolname = $1`,
    [name],
  );
  return rows[0];
}

/** With any of these, a session of the application could see more than it should. */
async function refuseRights(owner: pg.ClientBase, { name, rights, memberOf }: Attributes) {
  const quoted = pg.escapeIdentifier(name);
  const statements = [
    ...(rights.length > 0
      ? [`ALTER ROLE ${quoted} ${rights.map((right) => `NO${right}`).join(" ")}`]
      : []),
    ...memberOf.map((group) => `REVOKE ${pg.escapeIdentifier(group)} FROM ${quoted}`),
  ];
  for (const statement of statements) {
    await owner.query(statement).catch(() => {
      const what = [...rights, ...memberOf.map((group) => `member of ${group}`)].join(", ");
      throw new Error(
        `The role ${name} may do more than the application should (${what}). ` +
          `As a superuser: ${statements.join("; ")}`,
      );
    });
  }
}

/**
 * Whether the role can sign in with its password. An answer other than yes or no (no server, no
 * free connection) fails.
 */
async function mayEnter(address: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: address });
  client.on("error", () => {});
  try {
    await client.connect();
    return true;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "28P01" || code === "28000") return false;
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Another process was faster: the role is there, or its row was changed at the same moment. */
function isMadeMeanwhile(error: unknown): boolean {
  const { code, message = "" } = error as { code?: string; message?: string };
  return (
    code === "42710" || code === "23505" || /tuple concurrently (updated|deleted)/.test(message)
  );
}

function refusal(error: unknown, role: DatabaseRole, statement: string): unknown {
  if ((error as { code?: string }).code !== "42501") return error;
  return new Error(
    `The owner may not make the role of ${VARIABLE_OF[role]}, or it is another installation's. ` +
      `As a superuser: ${statement} — or give this installation roles of its own, by ` +
      "DATABASE_APP_URL and DATABASE_GATE_URL.",
    { cause: error },
  );
}

export function userOf(address: string): string {
  return decodeURIComponent(new URL(address).username);
}
