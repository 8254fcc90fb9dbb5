"use server";

import { redirect } from "next/navigation";
import { merchantAction } from "@/lib/auth/action";
import { adminPaths } from "@/lib/merchants/paths";
import { issueWaitingCoupons } from "@/lib/rewards/coupons/commands/issue-waiting-coupons";
import {
  addCodes,
  createPool,
  deletePool,
  editPool,
  emptyPool,
} from "@/lib/rewards/coupons/commands/manage-pools";
import {
  addCodesSchema,
  editPoolSchema,
  poolIdSchema,
  poolSchema,
} from "@/lib/rewards/coupons/schema";

export const makePool = merchantAction(poolSchema, "program.edit", async (scope, input) => {
  const { id } = await createPool(scope, input);
  redirect(adminPaths(scope.merchantSlug).couponPool(id));
});

export const savePool = merchantAction(editPoolSchema, "program.edit", async (scope, input) => {
  await editPool(scope, input);
  return null;
});

export const upload = merchantAction(
  addCodesSchema,
  "program.edit",
  async (scope, { poolId, pasted, file }) => {
    const text = [pasted, file && (await file.text())].filter(Boolean).join("\n");
    const result = await addCodes(scope, poolId, text);
    return { ...result, issued: await issueWaitingCoupons(scope, poolId) };
  },
);

export const takeOut = merchantAction(poolIdSchema, "program.edit", (scope, input) =>
  emptyPool(scope, input),
);

export const removePool = merchantAction(poolIdSchema, "program.edit", async (scope, input) => {
  await deletePool(scope, input);
  redirect(adminPaths(scope.merchantSlug).couponPools);
});
