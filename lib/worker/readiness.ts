import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { poolFor, Prisma, prismaFor } from "@/lib/core/db";
import { log } from "@/lib/core/log";
import { MINUTE_MS, systemNow } from "@/lib/core/time";
import { JOBS } from "./jobs";
import { WORKER_LOCK } from "./presence";
import { rightsProblems } from "./rights";

const PATIENCE_MS = 3_000;

/** Work that has been due for longer than it should be; how much, where that is worth a look. */
type LateJob = { job: string; since: Date; count?: number };

/** What a load balancer or a person asks before sending traffic. */
export type Readiness = {
  /** "ready" as long as pages and the API can answer; late work does not change that. */
  status: "ready" | "not ready";
  /** `unfit`: it answers, and lacks rights or has settings that would make it answer wrongly. */
  database: "ok" | "unfit" | "down";
  migrations: "ok" | "behind" | "unknown";
  worker: "ok" | "late" | "none" | "unknown";
  /** With `worker: "late"`: which jobs, and since when their oldest work has been due. */
  late?: LateJob[];
  /** What is wrong and what to do, one sentence each. */
  problems?: string[];
};

let underWay: Promise<Readiness> | null = null;

/**
 * Whether this installation can do its work now: the database answers, has every migration, and a
 * worker lives and keeps up. Never throws. Those who ask at the same time get one answer: anybody
 * may ask, and each look costs a query.
 */
export function readiness(): Promise<Readiness> {
  underWay ??= look().finally(() => (underWay = null));
  return underWay;
}

async function look(): Promise<Readiness> {
  try {
    return await withinPatience(ask());
  } catch (error) {
    log.warn({ err: error }, "not ready");
    if (isNotMigrated(error)) return behind("Run npm run db:migrate.");
    return {
      status: "not ready",
      database: "down",
      migrations: "unknown",
      worker: "unknown",
      problems: ["The database does not answer."],
    };
  }
}

async function ask(): Promise<Readiness> {
  const { applied, workers } = await readState();
  const missing = expectedMigrations().filter((name) => !applied.includes(name));
  if (missing.length > 0)
    return behind(`Migrations are missing: ${missing.join(", ")}. Run npm run db:migrate.`);
  const problems = await rightsProblems();
  if (problems.length > 0)
    return {
      status: "not ready",
      database: "unfit",
      migrations: "ok",
      worker: "unknown",
      problems,
    };
  const found = { database: "ok", migrations: "ok" } as const;
  if (workers === 0)
    return { status: "not ready", ...found, worker: "none", problems: ["No worker is running."] };
  const late = await lateJobs();
  if (late.length === 0) return { status: "ready", ...found, worker: "ok" };
  return { status: "ready", ...found, worker: "late", late, problems: late.map(describe) };
}

function behind(problem: string): Readiness {
  return {
    status: "not ready",
    database: "ok",
    migrations: "behind",
    worker: "unknown",
    problems: [problem],
  };
}

/** The migrations that were applied, and how many workers live. */
async function readState(): Promise<{ applied: string[]; workers: number }> {
  const { rows } = await poolFor("goodword_gate").query<{ applied: string[]; workers: number }>(
    `
    SELECT
      ARRAY(
        SELECT migration_name FROM _prisma_migrations
        WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL
      ) AS applied,
      (
        SELECT count(*)::int FROM pg_locks
        WHERE locktype = 'advisory' AND classid = 0 AND objid = $1 AND mode = 'ShareLock'
          AND granted
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      ) AS workers`,
    [WORKER_LOCK],
  );
  return rows[0]!;
}

/** Jobs whose oldest work has been due for longer than it should be, the longest due first. */
async function lateJobs(): Promise<LateJob[]> {
  const now = systemNow().getTime();
  const measured = JOBS.flatMap(({ name, due, late }) =>
    due && late ? [{ name, due: due({ realTimeOnly: true }), ...late }] : [],
  );
  const oldest = await prismaFor("goodword_gate").$queryRaw<
    { job: string; since: Date | null; count: number }[]
  >(
    Prisma.join(
      measured.map(
        ({ name, due, isCounted = false }) => Prisma.sql`
          SELECT ${name} AS job,
            (SELECT "dueAt" FROM (${due}) d ORDER BY "dueAt" LIMIT 1) AS since,
            (SELECT count(*)::int FROM (${due}) d WHERE ${isCounted}) AS count`,
      ),
      " UNION ALL ",
    ),
  );
  return oldest
    .flatMap(({ job, since, count }) => {
      const { afterMinutes } = measured.find(({ name }) => name === job)!;
      return since && now - since.getTime() >= afterMinutes * MINUTE_MS
        ? [{ job, since, ...(count > 0 && { count }) }]
        : [];
    })
    .sort((one, other) => one.since.getTime() - other.since.getTime());
}

function describe({ job, since, count }: LateJob): string {
  const { cost } = JOBS.find(({ name }) => name === job)!.late!;
  const items = count === undefined ? "" : ` (${count})`;
  return `The job ${job} has had work waiting${items} since ${since.toISOString()}. ${cost}`;
}

/** Before the first migration neither the role nor the table of migrations exists. */
function isNotMigrated(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === "42P01" || /permission denied for table _prisma_migrations/.test(message ?? "");
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
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the database took too long")), PATIENCE_MS);
  });
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
}
