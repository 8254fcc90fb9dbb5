import { createTestMerchant, type TestMerchant } from "@/lib/merchants/testing";
import { inScope, type Scope } from "@/lib/merchants/scope";
import type { EventData, Ground, World } from "./ground";
import { ordersIn } from "./orders";
import { peopleIn } from "./people";
import { referralsIn } from "./referrals";
import { visitsIn } from "./visits";

/** A merchant with one program and nothing else. @param merchant 50% gross margin by default */
export async function world(merchant: TestMerchant & { marginBp?: number } = {}): Promise<World> {
  const scope = await createTestMerchant(merchant);
  const { merchantId } = scope;
  const programId = "prg_world";
  let count = 0;
  const next = (prefix: string) => `${prefix}_${String((count += 1)).padStart(6, "0")}`;
  await openProgram(scope, programId, merchant.marginBp ?? 5_000);
  const event = (data: EventData) => storeEvent(scope, next("evt"), data);
  const ground: Ground = { scope, merchantId, programId, next, event };
  return {
    scope,
    ...peopleIn(ground),
    ...visitsIn(ground),
    ...ordersIn(ground),
    ...referralsIn(ground),
  };
}

async function openProgram(scope: Scope, programId: string, marginBp: number): Promise<void> {
  const { merchantId } = scope;
  await inScope(scope, async ({ db }) => {
    await db.merchant.update({ where: { id: merchantId }, data: { marginBp } });
    await db.program.create({
      data: {
        merchantId,
        id: programId,
        slug: `world-${merchantId.slice(-12)}`,
        name: "World",
        state: "live",
        draft: {},
        createdAt: new Date(0),
        updatedAt: new Date(0),
      },
    });
  });
}

function storeEvent(scope: Scope, id: string, { at, ...data }: EventData) {
  return inScope(scope, ({ db }) =>
    db.event.create({
      data: {
        merchantId: scope.merchantId,
        id,
        dedupeKey: id,
        occurredAt: at,
        recordedAt: at,
        source: "refer",
        provenance: "email",
        bodyHash: "",
        body: {},
        ...data,
      },
    }),
  );
}
