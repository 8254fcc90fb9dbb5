import { afterAll, expect, it } from "vitest";
import { closeConnections, prismaFor } from "@/lib/core/db";
import { storeEvent } from "@/lib/events/commands/store-event";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { type DueItem, MOST_OF_ONE } from "../due";
import { dueEvents } from "./due-events";
import { processEvents } from "./events";

afterAll(closeConnections);

const inboxOf = (scope: Scope) =>
  inScope(scope, ({ db, merchantId }) => db.eventInbox.count({ where: { merchantId } }));

async function store(scope: Scope, count: number): Promise<void> {
  await inScope(scope, async (tx) => {
    for (let index = 0; index < count; index += 1)
      await storeEvent(tx, { source: "api", body: { type: "page_view" } });
  });
}

it("takes from each merchant in turn: an import delays no other's event", async () => {
  const importer = await createTestMerchant();
  await store(importer, 2 * MOST_OF_ONE);
  const others = [await createTestMerchant(), await createTestMerchant()];
  for (const other of others) await store(other, 2);
  await processEvents.run();
  expect(await Promise.all(others.map(inboxOf))).toEqual([0, 0]);
  // No more of a round than its share, also where nobody else needs the rest.
  expect(await inboxOf(importer)).toBe(MOST_OF_ONE);
  await processEvents.run();
  expect(await inboxOf(importer)).toBe(0);
});

it("keeps each merchant's order, without what is set aside, for all or for one", async () => {
  const [one, other] = [await createTestMerchant(), await createTestMerchant()];
  for (const scope of [one, other]) await store(scope, 4);
  await inScope(one, async ({ db, merchantId }) => {
    const rows = await db.eventInbox.findMany({
      where: { merchantId },
      orderBy: { eventId: "asc" },
    });
    const due = async (index: number, nextTryAt: Date, setAsideAt: Date | null = null) =>
      db.eventInbox.update({
        where: { merchantId_eventId: { merchantId, eventId: rows[index]!.eventId } },
        data: { nextTryAt, setAsideAt },
      });
    await due(0, new Date(Date.now() - 1_000));
    await due(1, new Date(Date.now() - 2_000));
    await due(2, new Date(Date.now() + 60_000));
    await due(3, new Date(Date.now() - 3_000), new Date());
  });
  const ask = (filter: { merchantId?: string }) =>
    prismaFor("goodword_gate").$queryRaw<DueItem[]>`
      SELECT * FROM (${dueEvents(filter)}) d ORDER BY "dueAt", id`;
  const mine = (await ask({})).filter(({ merchantId }) => merchantId === one.merchantId);
  expect(mine).toHaveLength(2);
  expect(mine[0]!.dueAt!.getTime()).toBeLessThan(mine[1]!.dueAt!.getTime());
  expect(await ask({ merchantId: one.merchantId })).toEqual(mine);
  expect(await ask({ merchantId: other.merchantId })).toHaveLength(4);
});
