import { log } from "@/lib/core/log";
import { systemScope } from "@/lib/merchants/directory";
import type { Scope } from "@/lib/merchants/scope";

/** How many events, holds or expiries one round takes, and how many of them at the same time. */
export const BATCH = 500;
const LANES = 6;

export type Work = { merchantId: string; id: string };

/**
 * Does what is due, each on its own: one that fails is told of in the log, tried again in the next
 * round, and stops no other.
 */
export async function sweep<W extends Work>(
  due: readonly W[],
  work: (scope: Scope, item: W) => Promise<boolean>,
): Promise<number> {
  let done = 0;
  await inLanes(
    due,
    ({ id }) => id,
    async (scope, item) => {
      try {
        if (await work(scope, item)) done += 1;
      } catch (error) {
        log.error(
          { err: error, merchantId: item.merchantId, id: item.id },
          "something due could not be done",
        );
      }
    },
  );
  return done;
}

/**
 * Runs work in a few lanes side by side, each item under its merchant's own scope. What has the
 * same `owner` stays in its order within one lane.
 */
export async function inLanes<W extends Work>(
  work: readonly W[],
  owner: (item: W) => string,
  run: (scope: Scope, item: W) => Promise<unknown>,
): Promise<void> {
  const scopes = new Map<string, Promise<Scope>>();
  const groups = new Map<string, W[]>();
  for (const item of work) {
    const key = `${item.merchantId} ${owner(item)}`;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  const queue = groups.values();
  const lane = async () => {
    for (const group of queue) {
      for (const item of group) {
        let scope = scopes.get(item.merchantId);
        if (!scope) scopes.set(item.merchantId, (scope = systemScope(item.merchantId)));
        await run(await scope, item);
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
