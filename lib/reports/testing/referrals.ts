import { inScope, type Tx } from "@/lib/merchants/scope";
import type { Ground, World } from "./ground";

const FAR_AHEAD = "2099-01-01T00:00:00Z";

/** Referrals as their steps left them, and what their rewards cost. */
export function referralsIn({
  scope,
  merchantId,
  programId,
  next,
}: Ground): Pick<World, "refer" | "cost" | "ownReward"> {
  return {
    async refer(advocate, friendId, { expiresAt = FAR_AHEAD, ...steps }) {
      await inScope(scope, ({ db }) =>
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
      await inScope(scope, async (tx) => {
        const rewardId = `rwd_${side}_${friend}`;
        const referral = await tx.db.referral.findUniqueOrThrow({
          where: { merchantId_id: { merchantId, id: `ref_${friend}` } },
          select: { advocate: { select: { customerId: true } } },
        });
        const customerId = side === "friend" ? friend : referral.advocate.customerId;
        const given = { referralId: `ref_${friend}`, orderId: null };
        await rewardOf(tx, { rewardId, ...given, side, customerId, programId, at });
        await addCost(tx, { rewardId, stepId: next("stp"), at, minor });
      });
    },
    async ownReward(customerId, orderId, at, minor) {
      await inScope(scope, async (tx) => {
        const rewardId = `rwd_${customerId}_${orderId}`;
        const given = { referralId: null, orderId, side: "advocate" as const };
        await rewardOf(tx, { rewardId, ...given, customerId, programId, at });
        await addCost(tx, { rewardId, stepId: next("stp"), at, minor });
      });
    },
  };
}

type Cost = { rewardId: string; stepId: string; at: string; minor: number };

/** A step of a reward that adds to its cost. */
async function addCost(
  { db, merchantId }: Tx,
  { rewardId, stepId, at, minor }: Cost,
): Promise<void> {
  await db.reward.update({
    where: { merchantId_id: { merchantId, id: rewardId } },
    data: { costMinor: { increment: minor } },
  });
  await db.rewardStep.create({
    data: {
      merchantId,
      rewardId,
      id: stepId,
      state: "held",
      reason: "on_hold",
      at,
      recordedAt: at,
      actor: "test",
      costMinor: minor,
    },
  });
}

type RewardOf = {
  rewardId: string;
  referralId: string | null;
  orderId: string | null;
  side: "advocate" | "friend";
  customerId: string;
  programId: string;
  at: string;
};

/** The held reward of a referral or an order, created the first time it costs something. */
async function rewardOf(
  { db, merchantId }: Tx,
  { rewardId, referralId, orderId, side, customerId, programId, at }: RewardOf,
): Promise<void> {
  await db.reward.createMany({
    data: [
      {
        merchantId,
        id: rewardId,
        programId,
        programVersion: 1,
        referralId,
        orderId,
        ruleId: side,
        side,
        customerId,
        source: "rule",
        causeKind: referralId === null ? "order" : "referral",
        causeRef: referralId ?? orderId!,
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
}
