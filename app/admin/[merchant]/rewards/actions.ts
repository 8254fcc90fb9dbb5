"use server";

import { merchantAction } from "@/lib/auth/action";
import { fulfilReward, voidReward } from "@/lib/rewards/commands";
import { fulfilSchema, voidSchema } from "@/lib/rewards/schema";

export const takeBack = merchantAction(voidSchema, "reward.decide", async (scope, input) => {
  await voidReward(scope, input);
  return null;
});

export const handOver = merchantAction(fulfilSchema, "reward.decide", async (scope, input) => {
  await fulfilReward(scope, input);
  return null;
});
