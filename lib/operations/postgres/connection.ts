import { readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { waitUntil } from "../processes/processes";
import { user } from "./postgres-cluster";

/** The database that the product lives in. */
export const database = "goodword";

/** Signs in as the cluster's superuser to its own database. */
export function adminUrlAt(cluster: string, port: number): string {
  const password = readFileSync(path.join(cluster, "goodword.password"), "utf8").trim();
  return `postgresql://${user}:${password}@127.0.0.1:${port}/postgres`;
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
