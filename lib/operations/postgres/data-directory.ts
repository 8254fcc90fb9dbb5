import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startPostgres, type Postgres } from "./postgres-server";

/** The folder for what the embedded server and the demo keep; made if it is not there. */
export function dataDirectory(): string {
  const folder = path.resolve(process.env.GOODWORD_DATA_DIR || ".data");
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * The database of DATABASE_URL, else the embedded server of the data folder; addresses of roles
 * belong to the former.
 */
export async function openDatabase(dataDir: string): Promise<Postgres> {
  const url = process.env.DATABASE_URL;
  if (!url) {
    for (const name of ["DATABASE_APP_URL", "DATABASE_GATE_URL", "DATABASE_SESSION_URL"])
      process.env[name] = "";
    process.env.DATABASE_POOLER = "";
    return startPostgres({ dataDir });
  }
  return { url, stop: async () => {}, ended: new Promise<void>(() => {}) };
}

/**
 * AUTH_SECRET, else one that was made the first time and is kept in the data folder for the owner's
 * eyes only.
 */
export function keptAuthSecret(dataDir: string): string {
  if (process.env.AUTH_SECRET) return process.env.AUTH_SECRET;
  const file = path.join(dataDir, "auth-secret");
  if (!existsSync(file))
    writeFileSync(file, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}
