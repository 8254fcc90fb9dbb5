import { readdirSync } from "node:fs";
import pg from "pg";
import { isWorkerThere } from "./worker-sign";

/**
 * What a balancer or a person asks before they send traffic; `status` is "ready" only if each part
 * is "ok".
 */
export type Readiness = {
  status: "ready" | "not ready";
  database: string;
  migrations: string;
  worker: string;
};

const looking = new Map<string, Promise<Readiness>>();

/**
 * Whether this process could serve now: the database answers, it has the migrations that this code
 * comes with, and a worker is there to work events off. Never throws; a part that is not "ok" says
 * in words what is wrong. Those who ask at once get one answer: a look opens a connection, and
 * anybody may ask.
 */
export function readiness(databaseUrl: string): Promise<Readiness> {
  let look = looking.get(databaseUrl);
  if (!look) {
    look = lookAt(databaseUrl).finally(() => looking.delete(databaseUrl));
    looking.set(databaseUrl, look);
  }
  return look;
}

async function lookAt(databaseUrl: string): Promise<Readiness> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 3_000,
    query_timeout: 3_000,
  });
  client.on("error", () => {});
  const answer: Readiness = {
    status: "not ready",
    database: "does not answer",
    migrations: "unknown",
    worker: "unknown",
  };
  try {
    await client.connect();
    answer.database = "ok";
    const there = await client.query<{ name: string }>(
      `select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null`,
    );
    const names = new Set(there.rows.map(({ name }) => name));
    const lacking = migrationNames().filter((name) => !names.has(name));
    answer.migrations =
      lacking.length === 0 ? "ok" : `lacks ${lacking.join(", ")}; run npm run db:migrate`;
    answer.worker = (await isWorkerThere(client)) ? "ok" : "none is running";
  } catch (error) {
    // A table that is missing, before the first migration.
    if ((error as { code?: string }).code === "42P01")
      answer.migrations = "none; run npm run db:migrate";
  } finally {
    await client.end().catch(() => {});
  }
  const isReady = answer.database === "ok" && answer.migrations === "ok" && answer.worker === "ok";
  return { ...answer, status: isReady ? "ready" : "not ready" };
}

function migrationNames(): string[] {
  return readdirSync("prisma/migrations", { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}
