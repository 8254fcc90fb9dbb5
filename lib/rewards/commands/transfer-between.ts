import { newId } from "@/lib/core/id";
import { type Asset, assetCode, decimal } from "@/lib/core/money";
import { type Adjusted, postByHand, requireCustomer } from "@/lib/ledger/commands/adjust-balance";
import type { AccountRef } from "@/lib/ledger/rules/accounts";
import type { Scope } from "@/lib/merchants/scope";
import { lockForReturn } from "./reverse/lock-for-return";
import { returnSpent } from "./reverse/return-spent";

export type BalanceTransfer = {
  fromCustomerId: string;
  toCustomerId: string;
  asset: Asset;
  /** In minor units, more than 0. */
  minor: bigint;
  reason: string;
  /** An idempotency key, as in an `Adjustment`. */
  key?: string | undefined;
};

/**
 * Moves a part of one customer's balance to another's. Its lots keep their expiry and their reward;
 * it pays first what the other one owes. What somebody gets back of a reward of theirs that was
 * reversed meanwhile goes on to that: see `returnSpent`.
 * @returns the balance of the customer it was taken from
 * @throws as `adjustBalance` does
 */
export async function transferBetween(scope: Scope, transfer: BalanceTransfer): Promise<Adjusted> {
  const { fromCustomerId, toCustomerId, asset, minor, reason, key = newId("tra") } = transfer;
  const amount = { minor, asset };
  const words = `${decimal(amount)} ${assetCode(asset)}`;
  const available = (ownerId: string): AccountRef => ({ kind: "available", ownerId, asset });
  const [from, to] = [available(fromCustomerId), available(toCustomerId)];
  await requireCustomer(scope, toCustomerId);
  return postByHand(
    scope,
    fromCustomerId,
    { causeKey: `transfer:${key}`, from, to, amount, memo: `Transferred: ${reason}` },
    {
      action: "ledger.transfer",
      summary: `Moved ${words} from one balance to another: ${reason}`,
      detail: { asset, minor: minor.toString(), to: toCustomerId, reason },
    },
    async (scope, posted) => {
      const lock = { customerId: toCustomerId, asset, accounts: [from] };
      return returnSpent(scope, posted, await lockForReturn(scope, lock));
    },
  );
}
