import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { systemNow } from "@/lib/core/time";
import type { Locks } from "./locks";
import { inScope, type Scope } from "./scope";
import { createTestMerchant } from "./testing";

let scope: Scope;
const customers: string[] = [];
const accounts: string[] = [];
beforeAll(async () => {
  scope = await createTestMerchant();
  const { merchantId } = scope;
  const now = systemNow();
  await inScope(scope, async ({ db }) => {
    for (let n = 0; n < 4; n += 1) {
      const id = newId("cus");
      customers.push(id);
      accounts.push(`available:${id}:USD`);
      await db.customer.create({
        data: { merchantId, id, traits: {}, firstSeenAt: now, createdAt: now },
      });
      await db.ledgerAccount.create({
        data: {
          merchantId,
          id: `available:${id}:USD`,
          kind: "available",
          ownerId: id,
          asset: "USD",
          mayOverdraw: false,
          createdAt: now,
        },
      });
    }
  });
});
afterAll(closeConnections);

/** Some of the first numbers, in any order. */
const some = fc.shuffledSubarray([0, 1, 2, 3]);
const wants = fc.record({ shared: some, customers: some, accounts: some, alone: fc.boolean() });
type Wants = typeof wants extends fc.Arbitrary<infer Value> ? Value : never;

async function take(lock: Locks, want: Wants): Promise<void> {
  await lock.shared(want.shared.map((n) => `${scope.merchantId} email ${n}`));
  await lock.customers(...want.customers.map((n) => customers[n]!));
  await (want.alone ? lock.alone("ladder") : lock.together("ladder"));
  await lock.accounts(...want.accounts.map((n) => accounts[n]!));
}

describe("transactions that lock", () => {
  it("what others want too, in any order, all come to their end", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(wants, { minLength: 2, maxLength: 4 }), async (all) => {
        const ends = await Promise.all(
          all.map((want) => inScope(scope, async ({ lock }) => take(lock, want).then(() => 1))),
        );
        expect(ends).toHaveLength(all.length);
      }),
      { numRuns: 50 },
    );
  });

  it("a row see what whoever held it before wrote", async () => {
    const id = customers[0]!;
    const key = { merchantId_id: { merchantId: scope.merchantId, id } };
    const count = () =>
      inScope(scope, async ({ db, lock }) => {
        await lock.customers(id);
        const { orderCount } = await db.customer.findUniqueOrThrow({ where: key });
        await db.customer.update({ where: key, data: { orderCount: orderCount + 1 } });
      });
    await Promise.all(Array.from({ length: 6 }, count));
    const after = await inScope(scope, ({ db }) => db.customer.findUniqueOrThrow({ where: key }));
    expect(after.orderCount).toBe(6);
  });
});
