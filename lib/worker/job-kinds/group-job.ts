import { atMost } from "@/lib/core/collections/at-most";
import { log } from "@/lib/core/log";
import { groupedBy } from "@/lib/core/collections/grouped-by";
import type { Scope } from "@/lib/merchants/scope";
import type { DueItem } from "../due";
import { attempt, dueItems, type ItemJob, type Job, newJob } from "./job";

/** A job that does many items of a merchant at once. */
type GroupJob<Item extends DueItem> = ItemJob<Item> & {
  /** Items with the same owner are never in one group, and are done in the order of the query. */
  ownerOf(item: Item): string;
  /** How many items a group has at most. */
  most: number;
  /**
   * Does a group, all of it or nothing.
   * @returns the items that are to be done one by one; when it throws, all are
   */
  doGroup(scope: Scope, items: readonly Item[]): Promise<readonly Item[]>;
};

/** How many groups are under way at the same time. */
const GROUPS_AT_ONCE = 3;

/**
 * A job that does the items of a query in groups, and one by one what a group leaves. An item that
 * fails is logged, is tried again in a later round, and stops no other.
 */
export function groupJob<Item extends DueItem>(job: GroupJob<Item>): Job {
  return newJob(job, async (filter) => {
    const inTurn = atMost(GROUPS_AT_ONCE);
    const ofMerchants = groupedBy(await dueItems(job, filter), ({ item }) => item.merchantId);
    const done = await Promise.all(
      [...ofMerchants.values()].map((theirs) =>
        doAll(
          job,
          theirs[0]!.scope,
          theirs.map(({ item }) => item),
          inTurn,
        ),
      ),
    );
    return done.reduce((sum, one) => sum + one, 0);
  });
}

async function doAll<Item extends DueItem>(
  job: GroupJob<Item>,
  scope: Scope,
  items: readonly Item[],
  inTurn: ReturnType<typeof atMost>,
): Promise<number> {
  let done = 0;
  for (const round of roundsOf(job, items)) {
    const left = await Promise.all(
      chunksOf(round, job.most).map((group) =>
        inTurn(async () => {
          const alone = await doGroup(job, scope, group);
          done += group.length - alone.length;
          return alone;
        }),
      ),
    );
    for (const item of left.flat()) done += await inTurn(() => attempt(job, scope, item));
  }
  return done;
}

async function doGroup<Item extends DueItem>(
  job: GroupJob<Item>,
  scope: Scope,
  group: readonly Item[],
): Promise<readonly Item[]> {
  if (group.length === 1) return group;
  try {
    return await job.doGroup(scope, group);
  } catch (error) {
    // Whatever it was, each one shows it again by itself; what only fails together is seen here.
    const { merchantId } = scope;
    log.warn({ err: error, job: job.name, merchantId, items: group.length }, "a group failed");
    return group;
  }
}

/** The first items of all owners, then the second ones, and so on. */
function roundsOf<Item extends DueItem>(
  { ownerOf }: GroupJob<Item>,
  items: readonly Item[],
): Item[][] {
  const rounds: Item[][] = [];
  for (const ofOwner of groupedBy(items, ownerOf).values())
    for (const [place, item] of ofOwner.entries()) (rounds[place] ??= []).push(item);
  return rounds;
}

function chunksOf<Item>(items: readonly Item[], most: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, index) =>
    items.slice(index * most, (index + 1) * most),
  );
}
