import { notFound } from "@/lib/core/errors";
import { type Asset, assetCode, decimal } from "@/lib/core/money";
import { newId } from "@/lib/core/id";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import type { AuditAction } from "@/lib/merchants/rules/audit-actions";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import type { AccountRef } from "../rules/accounts";
import { postTransfers } from "./post-transfers";
import type { Outcome, Transfer } from "../rules/transfer";
import { balanceShown, balancesOf } from "../queries/balances";

export type Adjustment = {
  customerId: string;
  asset: Asset;
  /** In minor units: above 0 adds, below 0 takes what is there and not expired. */
  minor: bigint;
  reason: string;
  /** An idempotency key: a second adjustment with the same key does nothing. */
  key?: string | undefined;
};

/** What an adjustment or a transfer by hand came to, in minor units. */
export type Adjusted = {
  /** False for a repeat. */
  posted: boolean;
  /** What the customer has now, less what they owe. */
  balanceMinor: bigint;
  /** How much of what was added went on at once to pay what they owed. */
  repaidMinor: bigint;
};

/**
 * Corrects a balance by hand: adds to it, or takes from it. The counter account is the merchant's
 * own funding account. What is added pays first what the customer owes. The reason and who did it
 * are kept in the ledger and in the audit log.
 * @throws DomainError forbidden, not_found, invalid_request (nothing to move), conflict (less is
 * there), idempotency_conflict (the key was used for something else)
 */
export async function adjustBalance(scope: Scope, adjustment: Adjustment): Promise<Adjusted> {
  const { customerId, asset, minor, reason, key = newId("tra") } = adjustment;
  const own: AccountRef = { kind: "available", ownerId: customerId, asset };
  const counter: AccountRef = { kind: "funding", ownerId: scope.merchantId, asset };
  const [from, to] = minor < 0n ? [own, counter] : [counter, own];
  const amount = { minor: minor < 0n ? -minor : minor, asset };
  const words = `${decimal(amount)} ${assetCode(asset)}`;
  return postByHand(
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

type AuditNote = { action: AuditAction; summary: string; detail: Record<string, string> };

/**
 * Posts one transfer of a customer and records it in the audit log, once.
 * @param post how; as any transfer by default
 */
export async function postByHand(
  scope: Scope,
  customerId: string,
  transfer: Omit<Transfer, "occurredAt">,
  note: AuditNote,
  post: PostOne = postOne,
): Promise<Adjusted> {
  requirePermission(scope, "ledger.adjust");
  return inScope(scope, async (tx) => {
    await requireCustomer(tx, customerId);
    const { posted, repaidMinor } = await post(tx, {
      ...transfer,
      occurredAt: scopeNow(tx),
    });
    if (posted) await recordAudit(tx, { ...note, subjectType: "customer", subjectId: customerId });
    const balance = (await balancesOf(tx, customerId)).find(
      ({ asset }) => asset === transfer.amount.asset,
    );
    return { posted, repaidMinor, balanceMinor: balance ? balanceShown(balance) : 0n };
  });
}

type PostOne = (tx: Tx, transfer: Transfer) => Promise<Pick<Outcome, "posted" | "repaidMinor">>;

const postOne: PostOne = async (scope, transfer) =>
  (await postTransfers(scope, [transfer])).outcomes[0]!;

/** @throws DomainError not_found */
export async function requireCustomer(scope: Scope, customerId: string): Promise<void> {
  await inScope(scope, async ({ db, merchantId }) => {
    if ((await db.customer.count({ where: { merchantId, id: customerId } })) === 0)
      throw notFound("customer");
  });
}
