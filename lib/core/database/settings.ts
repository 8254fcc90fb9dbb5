import type { DatabaseRole } from "./address";

/**
 * How long one statement of a role may take, in milliseconds: those of the gate look one row up or
 * store what came in, and others wait behind them. Reports and the product's own work have longer.
 */
export const STATEMENT_MS: Record<DatabaseRole, number> = {
  goodword_app: 30_000,
  goodword_gate: 15_000,
};

/** Asks a connection; what both `pg`'s clients and pools can do. */
export type Asking = {
  query<Row extends object>(sql: string, values?: unknown[]): Promise<{ rows: Row[] }>;
};

/** What the application cannot live with; `remedy` sets it right, a statement for the owner. */
export type SettingFault = { problem: string; remedy: string };

type Found = {
  session: string;
  user: string;
  database: string;
  schema: string | null;
  mighty: boolean;
  encoding: string;
  standby: boolean;
  settings: Record<string, string>;
};

/** By setting: what it has to be, as a pattern and as the value to set. */
const WANTED: Record<string, [pattern: RegExp, value: string]> = {
  DateStyle: [/^ISO\b/, "ISO, MDY"],
  IntervalStyle: [/^postgres$/, "postgres"],
  TimeZone: [/^(UTC|Etc\/UTC)$/, "UTC"],
  bytea_output: [/^hex$/, "hex"],
  client_encoding: [/^UTF8$/, "UTF8"],
  default_transaction_isolation: [/^read committed$/, "read committed"],
  default_transaction_read_only: [/^off$/, "off"],
  row_security: [/^on$/, "on"],
  standard_conforming_strings: [/^on$/, "on"],
};

const ASK = `
  SELECT session_user::text AS session, current_user::text AS user,
    current_database()::text AS database, current_schema()::text AS schema,
    (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user) AS mighty,
    current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS standby,
    (SELECT json_object_agg(n, current_setting(n)) FROM unnest($1::text[]) AS n) AS settings`;

/**
 * What a connection has that the application cannot live with: rights beyond its role, or settings
 * of the database that change what is read, written or locked.
 * @param role the name of the role as which it should be; null for the owner, who may do anything
 */
export async function settingFaults(
  connection: Asking,
  role: string | null,
): Promise<SettingFault[]> {
  const { rows } = await connection.query<Found>(ASK, [Object.keys(WANTED)]);
  const found = rows[0]!;
  const wrong = Object.entries(WANTED).filter(
    ([setting, [pattern]]) => !pattern.test(found.settings[setting]!),
  );
  return [
    ...(role === null ? [] : identityFaults(found, role)),
    ...placeFaults(found),
    ...wrong.map(([setting, [, value]]) => ({
      problem: `${setting} is ${found.settings[setting]} for ${found.user}`,
      remedy: `ALTER DATABASE "${found.database}" SET ${setting} = '${value}'`,
    })),
  ];
}

function identityFaults({ session, user, mighty }: Found, role: string): SettingFault[] {
  if (session === role && user === role && !mighty) return [];
  const problem = mighty
    ? `${user} may pass by row-level security`
    : `what should be ${role} is ${user}, signed in as ${session}`;
  return [{ problem, remedy: `ALTER ROLE "${role}" NOSUPERUSER NOBYPASSRLS` }];
}

function placeFaults(found: Found): SettingFault[] {
  const faults: SettingFault[] = [];
  if (found.schema !== "public") {
    faults.push({
      problem: `the schema of ${found.user} is ${found.schema}`,
      remedy: `ALTER DATABASE "${found.database}" SET search_path = public`,
    });
  }
  if (found.encoding !== "UTF8")
    faults.push({ problem: `the database is in ${found.encoding}`, remedy: "UTF8 is needed" });
  if (found.standby)
    faults.push({ problem: "the server is a standby", remedy: "name the primary server" });
  return faults;
}
