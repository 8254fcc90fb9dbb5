import type { Prisma } from "@/lib/core/db";
import { createTestMerchant, type TestMerchant } from "@/lib/merchants/testing";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { ordersIn } from "./orders";
import { peopleIn } from "./people";
import { referralsIn } from "./referrals";
import { visitsIn } from "./visits";

/**
 * For tests only: a small world straight in the tables, so that every figure can be worked out by
 * hand.
 */
export type World = {
  scope: Scope;
  customers(...names: string[]): Promise<void>;
  /** Amounts in minor units. */
  order(customer: string, id: string, at: string, minor: number): Promise<void>;
  refund(orderId: string, at: string, minor: number): Promise<void>;
  /** Joins the program. */
  join(customer: string, at: string): Promise<void>;
  share(customer: string, at: string, channel?: string): Promise<void>;
  /** A browser opens the customer's link. */
  click(advocate: string, visitor: string, at: string): Promise<void>;
  /** A browser, or a customer, opens the program's page. */
  view(who: { visitor?: string; customer?: string }, at: string): Promise<void>;
  link(visitor: string, customer: string): Promise<void>;
  refer(advocate: string, friend: string, steps: ReferralSteps): Promise<void>;
  /** A step of the reward that a friend's referral brought, with what it cost. */
  cost(friend: string, side: "advocate" | "friend", at: string, minor: number): Promise<void>;
};

type ReferralSteps = {
  clickedAt?: string;
  joinedAt: string;
  qualifiedAt?: string;
  rewardedAt?: string;
  expiresAt?: string;
  state: "joined" | "qualified" | "rewarded" | "rejected" | "expired" | "reversed";
};

/** What the parts of a world write with. */
export type Ground = {
  scope: Scope;
  merchantId: string;
  programId: string;
  /** A new id with the prefix. */
  next: (prefix: string) => string;
  event: (data: EventData) => Promise<{ id: string }>;
};
type EventData = Partial<Prisma.EventUncheckedCreateInput> & { type: string; at: string };

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
  await inScope(scope, async (db) => {
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
  return inScope(scope, (db) =>
    db.event.create({
      data: {
        merchantId: scope.merchantId,
        id,
        dedupeKey: id,
        occurredAt: at,
        recordedAt: at,
        source: "refer",
        bodyHash: "",
        body: {},
        ...data,
      },
    }),
  );
}
