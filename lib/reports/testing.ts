import { type Prisma } from "@/lib/core/db";
import { createTestMerchant, type TestMerchant } from "@/lib/merchants/testing";
import { inScope, type Scope } from "@/lib/merchants/scope";

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

export async function world(merchant: TestMerchant & { marginBp?: number } = {}): Promise<World> {
  const scope = await createTestMerchant(merchant);
  const { merchantId } = scope;
  const programId = "prg_world";
  const slug = `world-${merchantId.slice(-12)}`;
  let count = 0;
  const next = (prefix: string) => `${prefix}_${String((count += 1)).padStart(6, "0")}`;
  const long = "2099-01-01T00:00:00Z";
  await inScope(scope, async (db) => {
    await db.merchant.update({
      where: { id: merchantId },
      data: { marginBp: merchant.marginBp ?? 5_000 },
    });
    await db.program.create({
      data: {
        merchantId,
        id: programId,
        slug,
        name: "World",
        state: "live",
        draft: {},
        createdAt: new Date(0),
        updatedAt: new Date(0),
      },
    });
  });
  const event = (
    data: Partial<Prisma.EventUncheckedCreateInput> & { type: string; at: string },
  ) => {
    const { at, ...rest } = data;
    const id = next("evt");
    return inScope(scope, (db) =>
      db.event.create({
        data: {
          merchantId,
          id,
          dedupeKey: id,
          occurredAt: at,
          recordedAt: at,
          source: "refer",
          bodyHash: "",
          body: {},
          ...rest,
        },
      }),
    );
  };
  return {
    scope,
    async customers(...names) {
      await inScope(scope, (db) =>
        db.customer.createMany({
          data: names.map((id) => ({
            merchantId,
            id,
            name: id,
            traits: {},
            createdAt: new Date(0),
            firstSeenAt: new Date(0),
          })),
        }),
      );
    },
    async order(customerId, id, at, minor) {
      await inScope(scope, async (db) => {
        await db.order.create({
          data: {
            merchantId,
            id,
            customerId,
            eventId: `evt_${id}`,
            occurredAt: at,
            recordedAt: at,
            currency: scope.currency,
            totalMinor: minor,
          },
        });
        await db.$executeRaw`
          UPDATE customer SET order_count = order_count + 1, revenue_minor = revenue_minor + ${minor},
            first_order_at = LEAST(first_order_at, ${at}::timestamptz), last_order_at = GREATEST(last_order_at, ${at}::timestamptz)
          WHERE merchant_id = ${merchantId} AND id = ${customerId}`;
      });
    },
    async refund(orderId, at, minor) {
      await inScope(scope, (db) =>
        db.refund.create({
          data: {
            merchantId,
            eventId: next("evt"),
            orderId,
            occurredAt: at,
            recordedAt: at,
            amountMinor: minor,
            lines: [],
          },
        }),
      );
    },
    async join(customerId, at) {
      await inScope(scope, (db) =>
        db.advocate.create({
          data: { merchantId, id: `adv_${customerId}`, programId, customerId, joinedAt: at },
        }),
      );
    },
    async share(customerId, at, channel = "copy") {
      await event({ type: "share", at, advocateId: `adv_${customerId}`, programId, channel });
    },
    async click(advocate, visitorId, at) {
      await event({
        type: "click",
        source: "click",
        at,
        advocateId: `adv_${advocate}`,
        programId,
        visitorId,
      });
    },
    async view({ visitor, customer }, at) {
      const stored = await event({
        type: "program_view",
        at,
        programId,
        ...(visitor && { visitorId: visitor }),
      });
      if (!customer) return;
      await inScope(scope, (db) =>
        db.eventOutcome.create({
          data: {
            merchantId,
            eventId: stored.id,
            customerId: customer,
            type: "program_view",
            occurredAt: at,
            processedAt: at,
            decisions: [],
          },
        }),
      );
    },
    async link(visitorId, customerId) {
      await inScope(scope, (db) =>
        db.customerVisitor.create({
          data: { merchantId, visitorId, customerId, linkedAt: new Date(0) },
        }),
      );
    },
    async refer(advocate, friendId, { expiresAt = long, ...steps }) {
      await inScope(scope, (db) =>
        db.referral.create({
          data: {
            merchantId,
            id: `ref_${friendId}`,
            programId,
            programVersion: 1,
            advocateId: `adv_${advocate}`,
            friendId,
            code: "CODE",
            reason: "claimed",
            attributedBy: "claim",
            createdAt: steps.joinedAt,
            expiresAt,
            ...steps,
          },
        }),
      );
    },
    async cost(friend, side, at, minor) {
      await inScope(scope, async (db) => {
        const rewardId = `rwd_${side}_${friend}`;
        const referral = await db.referral.findUniqueOrThrow({
          where: { merchantId_id: { merchantId, id: `ref_${friend}` } },
          select: { advocate: { select: { customerId: true } } },
        });
        const customerId = side === "friend" ? friend : referral.advocate.customerId;
        await db.reward.createMany({
          data: [
            {
              merchantId,
              id: rewardId,
              programId,
              programVersion: 1,
              referralId: `ref_${friend}`,
              ruleId: side,
              side,
              customerId,
              causeKey: `referral:ref_${friend}`,
              eventId: "evt_0",
              state: "held",
              reason: "on_hold",
              terms: {},
              facts: {},
              costMinor: 0,
              grantedAt: at,
              heldUntil: at,
              earnedAt: at,
            },
          ],
          skipDuplicates: true,
        });
        await db.reward.update({
          where: { merchantId_id: { merchantId, id: rewardId } },
          data: { costMinor: { increment: minor } },
        });
        await db.rewardStep.create({
          data: {
            merchantId,
            rewardId,
            id: next("stp"),
            state: "held",
            reason: "on_hold",
            at,
            recordedAt: at,
            actor: "test",
            costMinor: minor,
          },
        });
      });
    },
  };
}
