import { afterAll, expect, it } from "vitest";
import { closeConnections, Prisma, prismaFor } from "@/lib/core/db";
import { HOUR_MS } from "@/lib/core/time";
import { createTestMerchant, testSandbox } from "@/lib/merchants/testing";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { dueBy, type DueItem, type WorkFilter } from "./due";

afterAll(closeConnections);

async function queueEmail(scope: Scope, inMs: number): Promise<void> {
  const at = new Date(Date.now() + inMs);
  await inScope(scope, ({ db }) =>
    db.message.create({
      data: {
        merchantId: scope.merchantId,
        id: `msg_${scope.merchantId}_${inMs}`,
        causeKey: `due ${inMs}`,
        template: "friend_joined",
        recipient: "anna@example.com",
        locale: "en",
        subject: "",
        text: "",
        html: "",
        state: "queued",
        createdAt: at,
        nextTryAt: at,
      },
    }),
  );
}

async function dueOf(scopes: Record<string, Scope>, filter: WorkFilter): Promise<string[]> {
  const query = dueBy(filter, {
    table: Prisma.sql`message`,
    at: Prisma.sql`t.next_try_at`,
    where: Prisma.sql`t.state = 'queued'`,
  });
  const items = await prismaFor("goodword_gate").$queryRaw<DueItem[]>`
    SELECT * FROM (${query}) d ORDER BY "dueAt"`;
  const nameOf = new Map(Object.entries(scopes).map(([name, scope]) => [scope.merchantId, name]));
  return items.flatMap(({ merchantId }) => nameOf.get(merchantId) ?? []);
}

it("goes by each merchant's own clock, for one merchant or all, or by real time", async () => {
  const live = await createTestMerchant();
  const sandbox = await testSandbox(live);
  await inScope(sandbox, ({ db }) =>
    db.merchant.update({
      where: { id: sandbox.merchantId },
      data: { clockOffsetMs: BigInt(2 * HOUR_MS) },
    }),
  );
  for (const scope of [live, sandbox]) {
    await queueEmail(scope, -HOUR_MS);
    await queueEmail(scope, HOUR_MS);
    await queueEmail(scope, 3 * HOUR_MS);
  }
  const scopes = { live, sandbox };
  expect((await dueOf(scopes, {})).sort()).toEqual(["live", "sandbox", "sandbox"]);
  expect(await dueOf(scopes, { merchantId: live.merchantId })).toEqual(["live"]);
  expect(await dueOf(scopes, { merchantId: sandbox.merchantId })).toEqual(["sandbox", "sandbox"]);
  expect((await dueOf(scopes, { realTimeOnly: true })).sort()).toEqual(["live", "sandbox"]);
});
