import { dueLots } from "@/lib/ledger/commands/expire-lot";
import { expireBalanceLot } from "@/lib/rewards/commands";
import { BATCH, sweep } from "./job";
import type { WorkFilter } from "../due";

/** Ends every lot of a balance whose time is over by its merchant's clock. @returns how many */
export async function expireDueLots({ merchantId }: WorkFilter = {}): Promise<number> {
  const due = await dueLots({ merchantId: merchantId ?? null, limit: BATCH });
  return sweep(due, (scope, { id }) => expireBalanceLot(scope, id));
}
