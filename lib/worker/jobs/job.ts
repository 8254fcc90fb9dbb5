import { Prisma, prismaFor } from "@/lib/core/db";
import { log } from "@/lib/core/log";
import { systemScope } from "@/lib/merchants/queries/directory";
import type { Scope } from "@/lib/merchants/scope";
import { BATCH, type DueItem, type WorkFilter } from "../due";

/** A kind of work that the worker does; see the list in `jobs.ts`. */
export type Job = {
  /** Appears in the log and in `/api/ready`. */
  name: string;
  /** When the worker looks for it: always, once a second, or at the times of a cron pattern. */
  schedule: "always" | "every_second" | { cron: string };
  /** Whether a moved test clock waits for it. */
  onTestClock: boolean;
  /** What is due: a query with the columns of `DueItem`. Null where nothing waits for its turn. */
  due: ((filter: WorkFilter) => Prisma.Sql) | null;
  /**
   * How long an item may wait, what it costs when it waits longer, and whether it is told how many
   * there are.
   */
  late: { afterMinutes: number; cost: string; isCounted?: boolean } | null;
  /** Does what is due, as far as one round goes. @returns how much was done, 0 for nothing */
  run(filter?: WorkFilter): Promise<number>;
};

type ItemJob<Item extends DueItem> = Omit<Job, "run" | "due" | "schedule" | "onTestClock"> & {
  schedule?: Job["schedule"];
  onTestClock?: boolean;
  due(filter: WorkFilter): Prisma.Sql;
  /** Which items come first, by columns of `due`; by default the longest due. */
  order?: Prisma.Sql;
  /** Does one item in its merchant's scope. @returns how much was done, or whether anything was */
  doOne(scope: Scope, item: Item): Promise<number | boolean>;
  /** Failures that are part of the day's work, and are not logged. */
  isExpected?(error: unknown): boolean;
  /** What to do about an item that failed. */
  onFailure?(scope: Scope, item: Item, error: unknown): Promise<unknown>;
  /** Items with the same owner are done one after the other, in the order of the query. */
  ownerOf?(item: Item): string;
  /** How many items are done at the same time. */
  atOnce?: number;
};

const LONGEST_DUE = Prisma.sql`"dueAt", id`;

/**
 * A job that does the items of a query one by one, by default the longest due first. An item that
 * fails is logged, is tried again in a later round, and stops no other.
 */
export function itemJob<Item extends DueItem = DueItem>(job: ItemJob<Item>): Job {
  const {
    name,
    due,
    order = LONGEST_DUE,
    late,
    schedule = "every_second",
    onTestClock = true,
  } = job;
  return {
    name,
    schedule,
    onTestClock,
    due,
    late,
    async run(filter = {}) {
      const items = await prismaFor("goodword_gate").$queryRaw<Item[]>`
        SELECT * FROM (${due(filter)}) d ORDER BY ${order} LIMIT ${BATCH}`;
      return doAll(job, items);
    },
  };
}

async function doAll<Item extends DueItem>(
  { name, doOne, isExpected, onFailure, ownerOf = ({ id }) => id, atOnce = 6 }: ItemJob<Item>,
  items: readonly Item[],
): Promise<number> {
  const scopes = new Map<string, Promise<Scope>>();
  const scopeOf = ({ merchantId }: Item) => {
    const scope = scopes.get(merchantId) ?? systemScope(merchantId);
    scopes.set(merchantId, scope);
    return scope;
  };
  let done = 0;
  const attempt = async (item: Item) => {
    try {
      const more = await doOne(await scopeOf(item), item);
      done += Number(more);
    } catch (error) {
      if (!isExpected?.(error)) logFailure(name, item, error);
      if (!onFailure) return;
      const scope = await scopeOf(item).catch(() => null);
      if (scope) await onFailure(scope, item, error).catch((e) => logFailure(name, item, e));
    }
  };
  const groups = groupsOf(items, ownerOf).values();
  const workThroughGroups = async () => {
    for (const group of groups) for (const item of group) await attempt(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, workThroughGroups));
  return done;
}

function logFailure(job: string, { merchantId, id }: DueItem, error: unknown): void {
  log.error({ err: error, job, merchantId, id }, "a job failed for one item");
}

function groupsOf<Item extends DueItem>(
  items: readonly Item[],
  ownerOf: (item: Item) => string,
): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = `${item.merchantId} ${ownerOf(item)}`;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
