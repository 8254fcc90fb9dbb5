import type { Scope } from "@/lib/merchants/scope";
import { postTransfers } from "../commands/post-transfers";
import type { Transfer } from "../rules/transfer";

/** For tests only: moves as much of an amount as is there, once per cause. */
export async function recover(
  scope: Scope,
  asked: Omit<Transfer, "reversesCause" | "shortfall">,
  shortfall: "clamp" | "claim" = "clamp",
): Promise<{ recoveredMinor: bigint; claimedMinor: bigint }> {
  const {
    outcomes: [outcome],
  } = await postTransfers(scope, [{ ...asked, shortfall }]);
  return { recoveredMinor: outcome?.movedMinor ?? 0n, claimedMinor: outcome?.claimedMinor ?? 0n };
}
