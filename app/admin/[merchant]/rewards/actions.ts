"use server";

import { merchantAction } from "@/lib/auth/action";
import {
  deliverRewards,
  noteOnReward,
  releaseEarly,
  undoDelivery,
  voidReward,
} from "@/lib/rewards/commands";
import {
  deliverManySchema,
  noteSchema,
  rewardReasonSchema,
  undoDeliveriesSchema,
  undoDeliverySchema,
} from "@/lib/rewards/schema";

export const voidOrReverse = merchantAction(
  rewardReasonSchema,
  "reward.decide",
  async (scope, input) => {
    await voidReward(scope, input);
    return null;
  },
);

export const release = merchantAction(rewardReasonSchema, "reward.decide", async (scope, input) => {
  await releaseEarly(scope, input);
  return null;
});

export const markDelivered = merchantAction(deliverManySchema, "reward.decide", (scope, input) =>
  deliverRewards(scope, input),
);

export const undoDelivered = merchantAction(
  undoDeliverySchema,
  "reward.decide",
  async (scope, input) => {
    await undoDelivery(scope, input);
    return null;
  },
);

export const undoDeliveredMany = merchantAction(
  undoDeliveriesSchema,
  "reward.decide",
  async (scope, { rewardIds }) => {
    const reason = "Undone right after it was marked";
    for (const rewardId of new Set(rewardIds)) await undoDelivery(scope, { rewardId, reason });
    return null;
  },
);

export const saveNote = merchantAction(noteSchema, "reward.decide", async (scope, input) => {
  await noteOnReward(scope, input);
  return null;
});
