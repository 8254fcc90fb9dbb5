import { notFound } from "@/lib/core/errors";
import { type Asset, assetCode, decimal } from "@/lib/core/money";
import { newId } from "@/lib/core/id";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { AccountRef } from "../rules/accounts";
import { postTransfers, type Transfer } from "./post-transfers";
import { balanceShown, balancesOf } from "../queries/balances";

export type Adjustment = {
  customerId: string;
  asset: Asset;
  /** In minor units: above 0 adds, below 0 takes what is there and not expired. */
  minor: bigint;
  reason: string;
  /** Names the deed; a second one under the same key does nothing. */
  key?: string | undefined;
};

/** What became of a deed by hand, in minor units. */
export type Adjusted = {
  /** False for a repeat. */
  posted: boolean;
  /** What the customer has now, less what they owe. */
  balanceMinor: bigint;
  /** How much of what was added went on at once to pay what they owed. */
  repaidMinor: bigint;
};

/**
 * Sets a balance right by hand: adds to it, or takes from it. The counter account is the merchant's
 * own funding account. What is added pays first what the customer owes. The reason and who did it
 * stand in the books and in the audit log.
 * @throws DomainError forbidden, not_found, invalid_request (nothing to move), conflict (less is
 * there), idempotency_conflict (the key stands for something else)
 */
export async function adjustBalance(scope: Scope, adjustment: Adjustment): Promise<Adjusted> {
  const { customerId, asset, minor, reason, key = newId("tra") } = adjustment;
  const own: AccountRef = { kind: "available", ownerId: customerId, asset };
  const counter: AccountRef = { kind: "funding", ownerId: scope.merchantId, asset };
  const [from, to] = minor < 0n ? [own, counter] : [counter, own];
  const amount = { minor: minor < 0n ? -minor : minor, asset };
  const words = `${decimal(amount)} ${assetCode(asset)}`;
  return deed(
    scope,
    customerId,
    { causeKey: `adjust:${key}`, from, to, amount, memo: `Adjusted: ${reason}` },
    {
      action: "ledger.adjust",
      summary:
        minor < 0n
          ? `Took ${words} from a balance: ${reason}`
          : `Added ${words} to a balance: ${reason}`,
      detail: { asset, minor: minor.toString(), reason },
    },
  );
}

export type HandOver = {
  fromCustomerId: string;
  toCustomerId: string;
  asset: Asset;
  /** In minor units, more than 0. */
  minor: bigint;
  reason: string;
  key?: string | undefined;
};

/**
 * Hands a part of one customer's balance to another. Its lots keep their expiry; of somebody who
 * owes, it pays that first.
 * @returns the balance of the customer it was taken from
 * @throws as `adjustBalance` does
 */
export async function transferBetween(scope: Scope, handOver: HandOver): Promise<Adjusted> {
  const { fromCustomerId, toCustomerId, asset, minor, reason, key = newId("tra") } = handOver;
  const amount = { minor, asset };
  const available = (ownerId: string): AccountRef => ({ kind: "available", ownerId, asset });
  await mustBeThere(scope, toCustomerId);
  return deed(
    scope,
    fromCustomerId,
    {
      causeKey: `transfer:${key}`,
      from: available(fromCustomerId),
      to: available(toCustomerId),
      amount,
      memo: `Handed over: ${reason}`,
    },
    {
      action: "ledger.transfer",
      summary: `Moved ${decimal(amount)} ${assetCode(asset)} from one balance to another: ${reason}`,
      detail: { asset, minor: minor.toString(), to: toCustomerId, reason },
    },
  );
}

type Note = { action: string; summary: string; detail: Record<string, string> };

async function deed(
  scope: Scope,
  customerId: string,
  transfer: Omit<Transfer, "occurredAt">,
  note: Note,
): Promise<Adjusted> {
  requirePermission(scope, "ledger.adjust");
  return inScope(scope, async (_db, scope) => {
    await mustBeThere(scope, customerId);
    const {
      outcomes: [outcome],
    } = await postTransfers(scope, [{ ...transfer, occurredAt: scopeNow(scope) }]);
    const { posted, repaidMinor } = outcome!;
    if (posted)
      await recordAudit(scope, { ...note, subjectType: "customer", subjectId: customerId });
    const balance = (await balancesOf(scope, customerId)).find(
      ({ asset }) => asset === transfer.amount.asset,
    );
    return { posted, repaidMinor, balanceMinor: balance ? balanceShown(balance) : 0n };
  });
}

/** @throws DomainError not_found */
async function mustBeThere(scope: Scope, customerId: string): Promise<void> {
  await inScope(scope, async (db, { merchantId }) => {
    if ((await db.customer.count({ where: { merchantId, id: customerId } })) === 0)
      throw notFound("customer");
  });
}
