import { beforeEach, describe, expect, it } from "vitest";
import type { Db } from "@/lib/core/db";
import { LOCK_ORDER, type LockKind } from "@/lib/core/statements/lock-order";
import { locksOf, type Locks } from "./locks";

/** What was asked of the database: the values of each statement. */
let asked: unknown[][];
let lock: Locks;
beforeEach(() => {
  asked = [];
  const ask = async (sql: string[] | { values: unknown[] }, ...values: unknown[]) => {
    asked.push(Array.isArray(sql) ? values : sql.values);
  };
  lock = locksOf({ $queryRaw: ask, $executeRaw: ask } as unknown as Db, "mer_1");
});

describe("locks of a transaction", () => {
  it("are taken once each, all at once and in the order of ids", async () => {
    await lock.customers("b", "c", "a", "b");
    expect(asked).toEqual([["mer_1", ["a", "b", "c"]]]);
  });

  it("are not taken again, nor asked for where there is nothing to lock", async () => {
    await lock.customers("b", "a");
    await lock.customers("a");
    await lock.customers();
    await lock.customers("c", "a");
    expect(asked).toEqual([
      ["mer_1", ["a", "b"]],
      ["mer_1", ["c"]],
    ]);
    lock.took("reward", ["r"]);
    await lock.rewards("r");
    expect(asked).toHaveLength(2);
  });

  it("follow the written order: whoever holds a later kind takes no earlier one", async () => {
    await lock.rewards("r");
    await lock.budgets("p");
    await expect(lock.customers("c")).rejects.toThrow("a customer is locked while");
    expect(() => lock.took("referral", ["f"])).toThrow("a referral is locked while");
    await expect(lock.rewards("s")).rejects.toThrow("budget");
    expect(asked).toHaveLength(2);
  });

  it("keep that order for any two kinds", () => {
    const takes = (kinds: readonly LockKind[]) => {
      const { took } = locksOf({} as Db, "mer_1");
      for (const kind of kinds) took(kind, ["id"]);
    };
    for (const [rank, kind] of LOCK_ORDER.entries())
      for (const later of LOCK_ORDER.slice(rank + 1)) {
        takes([kind, later]);
        expect(() => takes([later, kind])).toThrow(later);
      }
  });

  it("may be held by somebody alone, who then has no need to share", async () => {
    await lock.alone("ladder");
    await lock.together("ladder");
    await lock.alone("ladder");
    expect(asked).toEqual([["mer_1 ladder"]]);
  });

  it("that are shared cannot be wanted alone: two who share would wait in vain", async () => {
    await lock.together("season");
    await lock.together("season");
    await expect(lock.alone("season")).rejects.toThrow("wanted alone");
    expect(asked).toEqual([["mer_1 season"]]);
  });

  it("are let go of when an attempt finds that they were not enough", async () => {
    await lock.customers("a");
    const attempt = async () => {
      await lock.rewards("r");
      await lock.accounts("x");
      return null;
    };
    expect(await lock.attempt(attempt)).toBeNull();
    await lock.rewards("r", "s");
    await lock.customers("a");
    expect(asked.flat()).toEqual([
      "mer_1",
      ["a"],
      "mer_1",
      ["r"],
      "mer_1",
      ["x"],
      "mer_1",
      ["r", "s"],
    ]);
    expect(await lock.attempt(async () => "enough")).toBe("enough");
  });
});
