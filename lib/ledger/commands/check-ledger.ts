import { newId } from "@/lib/core/id";
import type { Asset } from "@/lib/core/money";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";

/**
 * A place where the ledger disagrees with itself. Amounts are whole minor units in decimal
 * digits.
 */
export type LedgerDifference = {
  /**
   * What was compared: an account's balance with its transfers, a whole asset with 0, an account's
   * balance with what is left of its lots, that with the amounts and moves of the lots, a debt with
   * 0.
   */
  what: "transfers" | "asset" | "lots" | "moves" | "claim";
  /** Null for a whole asset. */
  accountId: string | null;
  asset: Asset;
  /**
   * What the account (or the whole asset, or what is left of the account's lots) is said to hold.
   */
  balance: string;
  /** What it comes to, re-added. */
  sum: string;
};

export type LedgerCheckResult = {
  id: string;
  at: Date;
  accounts: number;
  transfers: number;
  /** Empty when the ledger agrees with itself. */
  differences: LedgerDifference[];
};

type Recount = { accounts: number; transfers: number; differences: LedgerDifference[] };

/**
 * Re-adds every account of the merchant from its transfers and every lot from its moves, compares
 * with the balances, checks that each asset sums to 0 and that no debt is a credit, and keeps what
 * it found. One statement reads it all: transfers posted meanwhile do not disturb it.
 */
export async function checkLedger(scope: Scope): Promise<LedgerCheckResult> {
  return inScope(
    scope,
    async ({ db, merchantId }) => {
      const [recount] = await db.$queryRaw<[Recount]>`
      WITH moved AS (
        SELECT credit_account_id AS id, amount_minor AS minor
        FROM ledger_transfer WHERE merchant_id = ${merchantId}
        UNION ALL
        SELECT debit_account_id, -amount_minor
        FROM ledger_transfer WHERE merchant_id = ${merchantId}
      ), sums AS (SELECT id, sum(minor) AS minor FROM moved GROUP BY id),
      accounts AS (
        SELECT a.id, a.asset, a.kind, a.balance_minor, COALESCE(s.minor, 0) AS sum
        FROM ledger_account a LEFT JOIN sums s USING (id) WHERE a.merchant_id = ${merchantId}
      ), moved_lots AS (
        SELECT lot_id AS id, sum(amount_minor) AS minor FROM lot_move
        WHERE merchant_id = ${merchantId} GROUP BY lot_id
      ), lots AS (
        SELECT l.account_id AS id, sum(l.remaining_minor) AS remaining,
          sum(l.amount_minor + COALESCE(m.minor, 0)) AS moved,
          bool_or(l.remaining_minor <> l.amount_minor + COALESCE(m.minor, 0)) AS differs
        FROM ledger_lot l LEFT JOIN moved_lots m USING (id) WHERE l.merchant_id = ${merchantId}
        GROUP BY l.account_id
      ), differences AS (
        SELECT 'transfers' AS what, id, asset, balance_minor AS balance, sum FROM accounts
        WHERE balance_minor <> sum
        UNION ALL
        SELECT 'asset', NULL, asset, sum(balance_minor), 0 FROM accounts
        GROUP BY asset HAVING sum(balance_minor) <> 0
        UNION ALL
        SELECT 'lots', id, asset, balance_minor, COALESCE(remaining, 0) FROM accounts
        LEFT JOIN lots USING (id)
        WHERE kind = 'available' AND balance_minor <> COALESCE(remaining, 0)
        UNION ALL
        SELECT 'moves', id, asset, remaining, moved FROM accounts JOIN lots USING (id) WHERE differs
        UNION ALL
        SELECT 'claim', id, asset, balance_minor, 0 FROM accounts
        WHERE kind = 'owed' AND balance_minor > 0
      )
      SELECT (SELECT count(*)::int FROM accounts) AS accounts,
        (SELECT count(*)::int FROM ledger_transfer WHERE merchant_id = ${merchantId}) AS transfers,
        COALESCE((
          SELECT json_agg(json_build_object('what', what, 'accountId', id, 'asset', asset,
            'balance', balance::text, 'sum', sum::text) ORDER BY id, asset, what)
          FROM differences
        ), '[]') AS differences`;
      const check = { id: newId("chk"), at: scopeNow(scope), ...recount };
      await db.ledgerCheck.create({ data: { merchantId, ...check } });
      return check;
    },
    { snapshot: true },
  );
}
