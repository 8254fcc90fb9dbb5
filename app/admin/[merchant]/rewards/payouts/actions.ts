"use server";

import { redirect } from "next/navigation";
import { merchantAction } from "@/lib/auth/action";
import { adminPaths } from "@/lib/merchants/paths";
import { askForDestinations } from "@/lib/rewards/destinations/commands";
import { askSchema } from "@/lib/rewards/destinations/schema";
import { cancelPayout, createPayout, payPayout } from "@/lib/rewards/payouts/commands";
import { batchIdSchema, createBatchSchema, payBatchSchema } from "@/lib/rewards/payouts/schema";

export const preparePayout = merchantAction(
  createBatchSchema,
  "payout.manage",
  async (scope, input) => {
    const { batchId } = await createPayout(scope, input);
    redirect(adminPaths(scope.merchantSlug).payout(batchId));
  },
);

export const askForPayoutDetails = merchantAction(
  askSchema,
  "payout.manage",
  async (scope, input) => {
    await askForDestinations(scope, input);
    return null;
  },
);

export const markPaid = merchantAction(payBatchSchema, "payout.manage", async (scope, input) => {
  await payPayout(scope, input);
  return null;
});

export const giveUp = merchantAction(batchIdSchema, "payout.manage", async (scope, input) => {
  await cancelPayout(scope, input);
  return null;
});
