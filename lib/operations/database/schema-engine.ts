import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  ColumnTypeEnum,
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
} from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import pg from "pg";
import { forRoles } from "@/lib/core/database/access";
import { roleNames } from "@/lib/core/database/address";

type Bindings = typeof import("@prisma/schema-engine-wasm") & {
  __wbg_set_wasm: (exports: unknown) => void;
};

let loading: Promise<Bindings> | undefined;

/**
 * Prisma's own schema engine from its npm package. Node 20 cannot import a .wasm file, so it is put
 * together here.
 */
async function loadEngine(): Promise<Bindings> {
  const require = createRequire(import.meta.url);
  const glue = require.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bindings = (await import(glue)) as Bindings;
  const compiled = await WebAssembly.compile(readFileSync(glue.replace(/\.js$/, ".wasm")));
  const { exports } = await WebAssembly.instantiate(compiled, {
    "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports,
  });
  bindings.__wbg_set_wasm(exports);
  // Where the engine leaves its last words if it must give up; it looks for this by name.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (words: string) => console.error(words) },
  });
  (exports.__wbindgen_start as () => void)();
  return bindings;
}

/**
 * Runs `work` with Prisma's schema engine on a database.
 *
 * All of it happens on one connection, in one transaction: either every migration of a run is in,
 * with its row in `_prisma_migrations`, or none is. The transaction holds a lock, so that processes
 * which start together take turns. `work` may use the connection itself too.
 * @throws the database's own error, which says more than what the engine makes of it
 */
export async function withSchemaEngine<T>(
  url: string,
  schemaFiles: { path: string; content: string }[],
  work: (engine: SchemaEngine, client: pg.Client) => Promise<T>,
): Promise<T> {
  const { SchemaEngine } = await (loading ??= loadEngine());
  const scriptErrors: unknown[] = [];
  const connection = await connect(url, scriptErrors);
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: async () => connection.adapter,
    connectToShadowDb: () => connectToShadow(url, scriptErrors),
  });
  try {
    await waitForTurn(connection.client);
    const datamodels = schemaFiles.map(({ path, content }): [string, string] => [path, content]);
    const engine = await SchemaEngine.new({ datamodels }, () => {}, factory);
    const result = await work(engine, connection.client);
    await connection.client.query("commit");
    return result;
  } catch (error) {
    throw scriptErrors[0] ?? error;
  } finally {
    await connection.client.end();
  }
}

/** Processes that start together migrate one after the other. Lasts as long as the transaction. */
export async function waitForTurn(client: pg.ClientBase): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtext('goodword migrations'))");
}

type Connection = { client: pg.Client; adapter: SqlDriverAdapter };

/** Prisma's adapter over one connection, with its habits corrected for the engine. */
async function connect(url: string, scriptErrors: unknown[]): Promise<Connection> {
  const client = new pg.Client({ connectionString: url });
  // A connection that breaks fails the query under way, which says so.
  client.on("error", () => {});
  await client.connect();
  await client.query("begin");

  // The adapter wants a pool, and a pool changes its connection after an error, which would lose
  // our transaction. This one never connects: its queries go to our client, each behind a
  // savepoint, since the engine asks some that may fail (is there a table of migrations yet?) and
  // goes on.
  const pool = new pg.Pool();
  let oneByte: number[] = [];
  const query = async (input: string | pg.QueryConfig) => {
    await client.query("savepoint asked");
    try {
      const result = await client.query(input);
      await client.query("release savepoint asked");
      oneByte = asText(result.fields ?? []);
      return result;
    } catch (error) {
      await client.query("rollback to savepoint asked");
      throw error;
    }
  };
  pool.query = query as unknown as typeof pool.query;
  const adapter = await new PrismaPg(pool).connect();
  // Such columns the engine expects as characters.
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (sql) => {
    const result = await queryRaw(sql);
    const columnTypes = [...result.columnTypes];
    for (const column of oneByte) columnTypes[column] = ColumnTypeEnum.Character;
    return { ...result, columnTypes };
  };

  // It splits a script at every semicolon, also inside a function's body; the server itself knows
  // better.
  adapter.executeScript = async (script) => {
    try {
      await query(forThisServer(script));
    } catch (error) {
      scriptErrors.push(withLine(error, script));
      throw error;
    }
  };
  return { client, adapter };
}

/**
 * Migrations call the roles by their names in code. Earlier ones also made the owner a member of
 * them, back when it stepped down to them; it needs no such right, and may not have it to give.
 */
function forThisServer(script: string): string {
  return forRoles(script, roleNames()).replace(
    "EXECUTE format('GRANT %I TO CURRENT_USER', name);",
    "",
  );
}

/**
 * The adapter refuses the catalogue's one-byte "char"; lets it see text, and says which columns
 * these were.
 */
function asText(fields: pg.FieldDef[]): number[] {
  const oneByte = [...fields.keys()].filter(
    (column) => fields[column]?.dataTypeID === pg.types.builtins.CHAR,
  );
  for (const column of oneByte) fields[column]!.dataTypeID = pg.types.builtins.TEXT;
  return oneByte;
}

/**
 * An empty database beside the real one, to replay migrations in; gone again once the engine lets
 * go of it.
 */
async function connectToShadow(url: string, scriptErrors: unknown[]): Promise<SqlDriverAdapter> {
  const name = `goodword_shadow_${crypto.randomUUID().replaceAll("-", "")}`;
  const onServer = async (sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await onServer(`create database ${name} template template0`);
  const shadowUrl = new URL(url);
  shadowUrl.pathname = `/${name}`;
  const { client, adapter } = await connect(shadowUrl.href, scriptErrors);
  adapter.dispose = async () => {
    await client.end();
    await onServer(`drop database if exists ${name} with (force)`);
  };
  return adapter;
}

function withLine(error: unknown, script: string): unknown {
  const position = Number((error as { position?: string }).position);
  if (!(error instanceof Error) || !position) return error;
  const line = script.slice(0, position).split("\n").length;
  return new Error(`${error.message} (line ${line}: ${script.split("\n")[line - 1]?.trim()})`, {
    cause: error,
  });
}
