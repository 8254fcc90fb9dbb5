"use server";

import { merchantAction } from "@/lib/auth/action";
import { DomainError } from "@/lib/core/errors";
import { confirmKey, decideKeySchema, takeOffKey } from "@/lib/customers/commands";
import { customerByRef } from "@/lib/customers/queries/customers";
import { adjustBalance } from "@/lib/ledger/commands/adjust-balance";
import { mergeCustomers, tellApart, undoMerge } from "@/lib/pipeline/merge/commands";
import { apartSchema, mergeSchema, undoMergeSchema } from "@/lib/pipeline/merge/schema";
import { adjustFormSchema, transferFormSchema } from "@/lib/ledger/schema";
import { transferBetween } from "@/lib/rewards/commands";
import { discardDestination } from "@/lib/rewards/destinations/commands";
import { removeByStaffSchema } from "@/lib/rewards/destinations/schema";

export const adjust = merchantAction(adjustFormSchema, "ledger.adjust", async (scope, input) => {
  await adjustBalance(scope, input);
  return null;
});

export const moveBalance = merchantAction(
  transferFormSchema,
  "ledger.adjust",
  async (scope, { to, ...input }) => {
    const toCustomerId = await customerByRef(scope, to).then(
      ({ id }) => id,
      (error: unknown) => {
        if (error instanceof DomainError)
          throw new DomainError(error.code, "No customer with this ID.", "to");
        throw error;
      },
    );
    await transferBetween(scope, { ...input, toCustomerId });
    return null;
  },
);

export const merge = merchantAction(
  mergeSchema,
  "customer.merge",
  async (scope, { oneId, otherId, keep }) => {
    const [fromId, intoId] = keep === "one" ? [otherId, oneId] : [oneId, otherId];
    await mergeCustomers(scope, { fromId, intoId, why: "staff" });
    return null;
  },
);

export const removePayoutDetails = merchantAction(
  removeByStaffSchema,
  "payout.manage",
  async (scope, input) => {
    await discardDestination(scope, input);
    return null;
  },
);

export const apart = merchantAction(apartSchema, "customer.merge", async (scope, input) => {
  await tellApart(scope, input);
  return null;
});

export const undo = merchantAction(undoMergeSchema, "customer.merge", async (scope, input) => {
  await undoMerge(scope, input);
  return null;
});

export const confirm = merchantAction(decideKeySchema, "customer.merge", confirmKey);
export const takeOff = merchantAction(decideKeySchema, "customer.merge", takeOffKey);
