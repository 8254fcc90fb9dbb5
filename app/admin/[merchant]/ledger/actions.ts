"use server";

import { z } from "zod";
import { merchantAction } from "@/lib/auth/action";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";

/** Re-adds the books now. @returns how many places disagree */
export const checkNow = merchantAction(z.object({}), "ledger.adjust", async (scope) => {
  const { differences } = await checkLedger(scope);
  return { differences: differences.length };
});
