"use server";

import { merchantAction } from "@/lib/auth/action";
import { fulfilRewards, noteOnReward, undoFulfil, voidReward } from "@/lib/rewards/commands";
import { fulfilManySchema, noteSchema, undoFulfilSchema, voidSchema } from "@/lib/rewards/schema";

export const takeBack = merchantAction(voidSchema, "reward.decide", async (scope, input) => {
  await voidReward(scope, input);
  return null;
});

export const handOverMany = merchantAction(fulfilManySchema, "reward.decide", (scope, input) =>
  fulfilRewards(scope, input),
);

export const undoHandOver = merchantAction(
  undoFulfilSchema,
  "reward.decide",
  async (scope, input) => {
    await undoFulfil(scope, input);
    return null;
  },
);

export const saveNote = merchantAction(noteSchema, "reward.decide", async (scope, input) => {
  await noteOnReward(scope, input);
  return null;
});
