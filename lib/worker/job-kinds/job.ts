import { Prisma, prismaFor } from "@/lib/core/db";
import { atMost } from "@/lib/core/collections/at-most";
import { log } from "@/lib/core/log";
import { scopeOfSystem } from "@/lib/merchants/queries/directory";
import type { Scope } from "@/lib/merchants/scope";
import { BATCH, type DueItem, MOST_OF_ONE, type WorkFilter } from "../due";

/** A kind of work that the worker does; see the list in `jobs.ts`. */
export type Job = {
  /** Appears in the log and in `/api/ready`. */
  name: string;
  /** When the worker looks for it: always, once a second, or at the times of a cron pattern. */
  schedule: "always" | "every_second" | { cron: string };
  /** True for work on other servers, which may be slow: it is done in a loop of its own. */
  waitsForOthers?: boolean;
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

export type ItemJob<Item extends DueItem> = Omit<
  Job,
  "run" | "due" | "schedule" | "onTestClock"
> & {
  schedule?: Job["schedule"];
  onTestClock?: boolean;
  due(filter: WorkFilter): Prisma.Sql;
  /** Which items of a merchant come first, by columns of `due`; by default the longest due. */
  order?: Prisma.Sql;
  /** Does one item in its merchant's scope. @returns how much was done, or whether anything was */
  doOne(scope: Scope, item: Item): Promise<number | boolean>;
  /** Failures that are part of the day's work, and are not logged. */
  isExpected?(error: unknown): boolean;
  /** What to do about an item that failed. */
  onFailure?(scope: Scope, item: Item, error: unknown): Promise<unknown>;
  /** How many items are done at the same time. */
  atOnce?: number;
};

const LONGEST_DUE = Prisma.sql`"dueAt", id`;
/**
 * A job that does the items of a query one by one, those of each merchant in turn, by default the
 * longest due first. An item that fails is logged, is tried again in a later round, and stops no
 * other.
 */
export function itemJob<Item extends DueItem = DueItem>(job: ItemJob<Item>): Job {
  return newJob(job, async (filter) => {
    const inTurn = atMost(job.atOnce ?? 6);
    const items = await dueItems(job, filter);
    const done = await Promise.all(
      items.map(({ scope, item }) => inTurn(() => attempt(job, scope, item))),
    );
    return done.reduce((sum, one) => sum + one, 0);
  });
}

/** @param run does what is due, as far as one round goes */
export function newJob<Item extends DueItem>(
  { name, due, late, schedule = "every_second", onTestClock = true }: ItemJob<Item>,
  run: (filter: WorkFilter) => Promise<number>,
): Job {
  return { name, schedule, onTestClock, due, late, run: (filter = {}) => run(filter) };
}

type ShopOfItem = {
  slug: string;
  sandboxOfId: string | null;
  currency: string;
  timeZone: string;
  clockOffsetMs: bigint;
  /** Where the item stands in its merchant's order, and since when their first one is due. */
  place: bigint;
  waiting: Date | null;
};

/**
 * What is due, for one round, each with a scope of its merchant. Merchants take turns: the first of
 * each come before the second of any, the merchant whose first has waited longest before the
 * others, and nobody gets more of a round than `MOST_OF_ONE`.
 */
export async function dueItems<Item extends DueItem>(
  { due, order = LONGEST_DUE }: ItemJob<Item>,
  filter: WorkFilter,
): Promise<{ scope: Scope; item: Item }[]> {
  const rows = await prismaFor("goodword_gate").$queryRaw<(Item & ShopOfItem)[]>`
    SELECT d.*, m.slug, m.sandbox_of_id AS "sandboxOfId", m.currency, m.time_zone AS "timeZone",
      m.clock_offset_ms AS "clockOffsetMs"
    FROM (
      SELECT * FROM (
        SELECT d.*, row_number() OVER (PARTITION BY d."merchantId" ORDER BY ${order}) AS place,
          min(d."dueAt") OVER (PARTITION BY d."merchantId") AS waiting
        FROM (${due(filter)}) d
      ) d WHERE place <= ${MOST_OF_ONE} ORDER BY place, waiting, "merchantId" LIMIT ${BATCH}
    ) d
    JOIN merchant m ON m.id = d."merchantId" ORDER BY d.place, d.waiting, d."merchantId"`;
  const scopes = new Map<string, Scope>();
  return rows.map((row) => {
    const { slug, sandboxOfId, currency, timeZone, clockOffsetMs, place, waiting, ...item } = row;
    const { merchantId } = item as unknown as Item;
    const shop = { id: merchantId, slug, sandboxOfId, currency, timeZone, clockOffsetMs };
    const scope = scopes.get(merchantId) ?? scopeOfSystem(shop);
    scopes.set(merchantId, scope);
    return { scope, item: item as unknown as Item };
  });
}

/** Does one item, and sees to its failure. @returns how much was done */
export async function attempt<Item extends DueItem>(
  { name, doOne, isExpected, onFailure }: ItemJob<Item>,
  scope: Scope,
  item: Item,
): Promise<number> {
  try {
    return Number(await doOne(scope, item));
  } catch (error) {
    if (!isExpected?.(error)) logFailure(name, item, error);
    await onFailure?.(scope, item, error).catch((e) => logFailure(name, item, e));
    return 0;
  }
}

function logFailure(job: string, { merchantId, id }: DueItem, error: unknown): void {
  log.error({ err: error, job, merchantId, id }, "a job failed for one item");
}
