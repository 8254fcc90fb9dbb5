"use server";

import { merchantAction } from "@/lib/auth/action";
import { DomainError } from "@/lib/core/errors";
import { customerByRef } from "@/lib/customers/queries/customers";
import { adjustBalance } from "@/lib/ledger/commands/adjust-balance";
import { adjustFormSchema, transferFormSchema } from "@/lib/ledger/schema";
import { transferBetween } from "@/lib/rewards/commands";

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
