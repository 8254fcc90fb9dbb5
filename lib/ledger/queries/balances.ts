import { z } from "zod";
import type { Asset, Money } from "@/lib/core/money";
import { inScope, type Scope } from "@/lib/merchants/scope";
import type { LedgerTransfer } from "@/prisma/generated/client";
import { accountId, type AccountKind, type AccountRef, parseAccountId } from "../rules/accounts";
import type { LedgerCheckResult } from "../commands/check-ledger";

/** An owner's balances in one asset, in minor units. `owed` is 0 or less; see `balanceShown`. */
export type Balances = { readonly asset: Asset } & { readonly [kind in AccountKind]: bigint };

/** A transfer as it was posted. */
export type TransferView = {
  id: string;
  causeKey: string;
  from: AccountRef;
  to: AccountRef;
  /** 0 only where nothing was left to recover. */
  amount: Money;
  rewardId: string | null;
  /** Id of the transfer that it undoes. */
  reversesId: string | null;
  memo: string;
  /** Who moved it: a member, a customer, a key or the product. */
  actor: string;
  occurredAt: Date;
  recordedAt: Date;
};

/**
 * What a customer or a program has, per asset it ever had, in order of the asset. `spent` of a
 * customer is what went from the customer's accounts to programs' spent accounts, less what came
 * back from there.
 */
export async function balancesOf(scope: Scope, ownerId: string): Promise<Balances[]> {
  return inScope(scope, async ({ db, merchantId }) => {
    const rows = await db.$queryRaw<BalanceRow[]>`
      WITH own AS (SELECT * FROM ledger_account
        WHERE merchant_id = ${merchantId} AND owner_id = ${ownerId}),
      held AS (SELECT id FROM own WHERE kind NOT IN ('funding', 'spent'))
      SELECT asset, kind, balance_minor AS minor FROM own
      UNION ALL
      SELECT t.asset, 'spent', t.amount_minor
      FROM held JOIN ledger_transfer t ON t.merchant_id = ${merchantId}
        AND t.debit_account_id = held.id
      WHERE starts_with(t.credit_account_id, 'spent:')
      UNION ALL
      SELECT t.asset, 'spent', -t.amount_minor
      FROM held JOIN ledger_transfer t ON t.merchant_id = ${merchantId}
        AND t.credit_account_id = held.id
      WHERE starts_with(t.debit_account_id, 'spent:')`;
    return byAsset(rows);
  });
}

/**
 * What a customer has, as `balancesOf` tells it, without `spent`: that alone is added up from
 * transfers, and this is one short read however long their history.
 */
export async function holdingsOf(
  scope: Scope,
  customerId: string,
): Promise<Omit<Balances, "spent">[]> {
  return inScope(scope, async ({ db, merchantId }) =>
    byAsset(
      await db.$queryRaw<BalanceRow[]>`
    SELECT asset, kind, balance_minor AS minor FROM ledger_account
    WHERE merchant_id = ${merchantId} AND owner_id = ${customerId}`,
    ),
  );
}

type BalanceRow = { asset: Asset; kind: AccountKind; minor: bigint };

function byAsset(rows: readonly BalanceRow[]): Balances[] {
  const empty = { funding: 0n, pending: 0n, available: 0n, issued: 0n, owed: 0n, spent: 0n };
  const found = new Map<Asset, Balances>();
  for (const { asset, kind, minor } of rows) {
    const balances = found.get(asset) ?? { asset, ...empty };
    found.set(asset, { ...balances, [kind]: balances[kind] + minor });
  }
  return [...found.values()].sort((a, b) => (a.asset < b.asset ? -1 : 1));
}

/**
 * A balance as its owner sees it: what is available less what is owed. Below 0 while a refund is
 * still to be made good.
 */
export function balanceShown({ available, owed }: Pick<Balances, "available" | "owed">): bigint {
  return available + owed;
}

/** What is left of what came into a customer's available balance at once. */
export type LotView = {
  id: string;
  /** What is left of it, in minor units. */
  remainingMinor: bigint;
  amountMinor: bigint;
  openedAt: Date;
  /** From then on it cannot be spent; null for never. */
  expiresAt: Date | null;
  rewardId: string | null;
};

/**
 * A customer's open lots of one asset in the order in which spending takes them. One whose time has
 * come is about to go.
 * @param limit how many; all by default
 */
export async function lotsOf(
  scope: Scope,
  customerId: string,
  asset: Asset,
  limit?: number,
): Promise<LotView[]> {
  return inScope(scope, async ({ db, merchantId }) => {
    const rows = await db.ledgerLot.findMany({
      where: {
        merchantId,
        accountId: accountId({ kind: "available", ownerId: customerId, asset }),
        remainingMinor: { gt: 0n },
      },
      orderBy: [{ expiresAt: { sort: "asc", nulls: "last" } }, { openedAt: "asc" }, { id: "asc" }],
      select: {
        id: true,
        remainingMinor: true,
        amountMinor: true,
        openedAt: true,
        expiresAt: true,
        rewardId: true,
      },
      ...(limit !== undefined && { take: limit }),
    });
    return rows;
  });
}

/** Every transfer of a reward, oldest first. */
export async function transfersOfReward(scope: Scope, rewardId: string): Promise<TransferView[]> {
  return inScope(scope, async ({ db, merchantId }) => {
    const where = { merchantId, rewardId };
    return (await db.ledgerTransfer.findMany({ where, orderBy: { id: "asc" } })).map(viewTransfer);
  });
}

const Differences = z.array(
  z.object({
    // Checks from before there were lots compared only with transfers.
    what: z.enum(["transfers", "asset", "lots", "moves", "claim"]).default("transfers"),
    accountId: z.string().nullable(),
    asset: z.custom<Asset>((value) => typeof value === "string"),
    balance: z.string(),
    sum: z.string(),
  }),
);

/** What the last `checkLedger` found; null before the first. */
export async function latestCheck(scope: Scope): Promise<LedgerCheckResult | null> {
  return inScope(scope, async ({ db, merchantId }) => {
    const row = await db.ledgerCheck.findFirst({ where: { merchantId }, orderBy: { id: "desc" } });
    if (!row) return null;
    const { id, at, accounts, transfers } = row;
    return { id, at, accounts, transfers, differences: Differences.parse(row.differences) };
  });
}

/** A row of the table as it is shown. */
export function viewTransfer(row: LedgerTransfer): TransferView {
  const { id, causeKey, rewardId, reversesId, memo, actor, occurredAt, recordedAt } = row;
  return {
    id,
    causeKey,
    rewardId,
    reversesId,
    memo,
    actor,
    occurredAt,
    recordedAt,
    from: parseAccountId(row.debitAccountId),
    to: parseAccountId(row.creditAccountId),
    amount: { minor: row.amountMinor, asset: parseAccountId(row.debitAccountId).asset },
  };
}
