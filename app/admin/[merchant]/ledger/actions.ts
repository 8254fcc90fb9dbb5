"use server";

import { z } from "zod";
import { merchantAction } from "@/lib/auth/action";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";

/** Checks the ledger now. @returns how many differences it found */
export const checkNow = merchantAction(z.object({}), "ledger.adjust", async (scope) => {
  const { differences } = await checkLedger(scope);
  return { differences: differences.length };
});
