import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { poolFor } from "@/lib/core/db";
import { log } from "@/lib/core/log";
import { WORKER_LOCK } from "./presence";

/**
 * Work that has been due for longer than this: too much for the workers, or one of them hangs.
 * Pages still answer.
 */
const LATE_SECONDS = 120;
const PATIENCE_MS = 3_000;

export type Readiness = {
  ready: boolean;
  database: "ok" | "down";
  migrations: "ok" | "behind" | "unknown";
  worker: "ok" | "none" | "late" | "unknown";
};

/**
 * Whether this installation can do its work now: the database answers, has every migration, and a
 * worker lives.
 */
export async function readiness(): Promise<Readiness> {
  try {
    const facts = await withinPatience(ask());
    const missing = expectedMigrations().filter((name) => !facts.applied.includes(name));
    const migrations = missing.length === 0 ? "ok" : "behind";
    const worker = facts.workers === 0 ? "none" : facts.late ? "late" : "ok";
    return { ready: migrations === "ok" && worker !== "none", database: "ok", migrations, worker };
  } catch (error) {
    log.warn({ err: error }, "not ready");
    return { ready: false, database: "down", migrations: "unknown", worker: "unknown" };
  }
}

async function ask(): Promise<{ applied: string[]; workers: number; late: boolean }> {
  const { rows } = await poolFor("goodword_gate").query<{
    applied: string[];
    workers: number;
    late: boolean;
  }>(
    `
    SELECT
      ARRAY(SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL) AS applied,
      (SELECT count(*)::int FROM pg_locks
        WHERE locktype = 'advisory' AND classid = 0 AND objid = $1 AND mode = 'ShareLock' AND granted
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS workers,
      EXISTS (SELECT FROM event_inbox WHERE next_try_at < now() - $2 * interval '1 second') AS late`,
    [WORKER_LOCK, LATE_SECONDS],
  );
  return rows[0]!;
}

/** The migrations that this build came with; none where it was deployed without their folder. */
function expectedMigrations(): string[] {
  const folder = path.resolve("prisma", "migrations");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

async function withinPatience<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the database took too long")), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
