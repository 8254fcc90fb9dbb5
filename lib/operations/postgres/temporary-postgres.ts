import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { startPostgres } from "./postgres-server";

/**
 * A server whose data go with it; quick rather than safe.
 * @param bin the folder of another version's programs
 */
export async function startTemporaryPostgres(bin?: string): Promise<{
  url: string;
  stop: () => Promise<void>;
}> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "goodword-test-"));
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const { url, stop } = await startPostgres({ dataDir, durable: false, ...(bin && { bin }) });
    return { url, stop: () => stop().finally(remove) };
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
