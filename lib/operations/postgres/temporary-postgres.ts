import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { startPostgres } from "./postgres-server";

/**
 * A server whose data go with it; quick rather than safe. Its address signs in as its superuser.
 * @param bin the folder of another version's programs
 */
export async function startTemporaryPostgres(bin?: string): Promise<{
  url: string;
  stop: () => Promise<void>;
}> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "goodword-test-"));
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const { url, adminUrl, stop } = await startPostgres({
      dataDir,
      durable: false,
      ...(bin && { bin }),
    });
    // Tests make databases, roles and faults of all kinds.
    const asSuperuser = new URL(adminUrl);
    asSuperuser.pathname = new URL(url).pathname;
    return { url: asSuperuser.href, stop: () => stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** One statement outside of any transaction, such as `create database`. */
export async function runOnServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
