import { readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { waitUntil } from "../processes/processes";
import { user } from "./postgres-cluster";

/** The database that the product lives in. */
export const database = "goodword";

/** Signs in as the cluster's owner to the database `name`. */
export function urlAt(cluster: string, port: number, name: string): string {
  const password = readFileSync(path.join(cluster, "goodword.password"), "utf8").trim();
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${name}`;
}

/**
 * Whether the server answers within the time, asking until then; gives up when `over` says that it
 * has ended.
 */
export async function answers(
  url: string,
  withinMs: number,
  over: () => boolean = () => false,
): Promise<boolean> {
  let ready = false;
  await waitUntil(
    async () => {
      if (over()) return true;
      const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
      client.on("error", () => {});
      try {
        await client.connect();
        ready = true;
      } catch {
        ready = false;
      } finally {
        await client.end().catch(() => {});
      }
      return ready;
    },
    { withinMs },
  );
  return ready;
}

/** Creates the product's database unless it is there. */
export async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [database]);
    if (found.rowCount === 0)
      await client.query(`create database ${client.escapeIdentifier(database)}`);
  } catch (error) {
    // Another process may have made it in the meantime; seen before or while the name is taken.
    if (!["42P04", "23505"].includes((error as { code?: string }).code ?? "")) throw error;
  } finally {
    await client.end();
  }
}
