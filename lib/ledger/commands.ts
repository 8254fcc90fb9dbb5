import type { Db } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import type { Asset } from "@/lib/core/money";
import { atEnd, inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { accountId } from "./accounts";
import { openBooks, writeTransfers } from "./books";
import { checkRepeatedTakeBack, checkTransfer, planTransfers, recoverable, type Transfer } from "./rules";

export type { Transfer } from "./rules";

/**
 * Posts transfers, all or none, in their order (a later one may move what an earlier one brought). Opens
 * accounts as needed. A cause that stands with the same content is left as it is. Four statements, whatever the
 * number of transfers; called in an open transaction it joins it.
 *
 * Accounts stay locked until the transaction ends, in id order within one call: a transaction that has several
 * transfers to post should hand them over in one call.
 * @returns for each transfer, in order, whether this call posted it
 * @throws DomainError invalid_request, idempotency_conflict, not_found or conflict: see `planTransfers`.
 */
export async function postTransfers(
  scope: Scope, transfers: readonly Transfer[],
): Promise<{ posted: boolean[] }> {
  if (transfers.length === 0) return { posted: [] };
  return inScope(scope, async (db, joined) => {
    await postWaiting(joined);
    const accounts = transfers.flatMap(({ from, to }) => [from, to]);
    const causes = transfers.flatMap(({ causeKey, reversesCause }) =>
      reversesCause === undefined ? [causeKey] : [causeKey, reversesCause]);
    const books = await openBooks(db, joined, accounts, causes);
    const plan = planTransfers(books, transfers);
    await writeTransfers(db, joined, books, plan.inserts);
    return { posted: [...plan.posted] };
  });
}

const waiting = new WeakMap<Db, Transfer[]>();

/**
 * Posts transfers as `postTransfers` does, but at the end of the open transaction, all of it in one go: the accounts of
 * a program are locked for a moment only. Whatever else this transaction does to the books comes after them.
 */
export function postAtEnd(scope: Scope & { db: Db }, transfers: readonly Transfer[]): void {
  const earlier = waiting.get(scope.db);
  if (earlier) {
    earlier.push(...transfers);
  } else {
    waiting.set(scope.db, [...transfers]);
    atEnd(scope, "books", () => postWaiting(scope));
  }
}

async function postWaiting(scope: Scope & { db: Db }): Promise<void> {
  const transfers = waiting.get(scope.db);
  waiting.delete(scope.db);
  if (transfers) await postTransfers(scope, transfers);
}

/** A transfer of at most `amount`. */
export type TakeBack = Omit<Transfer, "reversesCause">;

/**
 * Takes back what is still there: moves `amount`, or as much of it as the `from` account holds. What could not
 * be recovered is the caller's to note. Once per cause: a repeat returns what the first call took, also when that
 * was nothing and the account has been filled since.
 * @throws DomainError invalid_request (amount, assets), idempotency_conflict (the cause stands over other
 * accounts, for another reward, or took more than is asked now).
 */
export async function takeBack(scope: Scope, asked: TakeBack): Promise<{ recoveredMinor: bigint }> {
  checkTransfer(asked);
  return inScope(scope, async (db, joined) => {
    await postWaiting(joined);
    const books = await openBooks(db, joined, [asked.from, asked.to], [asked.causeKey]);
    const standing = books.byCause.get(asked.causeKey);
    if (standing) {
      checkRepeatedTakeBack(standing, asked);
      return { recoveredMinor: standing.amountMinor };
    }
    const held = books.balances.get(accountId(asked.from)) ?? 0n;
    const recoveredMinor = recoverable(held, asked.amount.minor);
    await writeTransfers(db, joined, books, [
      { ...asked, amount: { minor: recoveredMinor, asset: asked.amount.asset } },
    ]);
    return { recoveredMinor };
  });
}

/** A place where the books disagree with themselves. Amounts are whole minor units in decimal digits. */
export type LedgerDifference = {
  /** Null for a whole asset whose balances do not sum to 0. */
  accountId: string | null;
  asset: Asset;
  /** What the account (or the whole asset) says it holds. */
  balance: string;
  /** What its transfers add up to (or 0, for a whole asset). */
  sum: string;
};

export type LedgerCheckResult = {
  id: string;
  at: Date;
  accounts: number;
  transfers: number;
  /** Empty when the books agree. */
  differences: LedgerDifference[];
};

type Recount = { accounts: number; transfers: number; differences: LedgerDifference[] };

/**
 * Re-adds every account of the merchant from its transfers, compares with the balances, checks that each asset
 * sums to 0, and keeps what it found. One statement reads it all: transfers posted meanwhile do not disturb it.
 */
export async function checkLedger(scope: Scope): Promise<LedgerCheckResult> {
  return inScope(scope, async (db, { merchantId }) => {
    const [recount] = await db.$queryRaw<[Recount]>`
      WITH moved AS (
        SELECT credit_account_id AS id, amount_minor AS minor
        FROM ledger_transfer WHERE merchant_id = ${merchantId}
        UNION ALL
        SELECT debit_account_id, -amount_minor
        FROM ledger_transfer WHERE merchant_id = ${merchantId}
      ), sums AS (SELECT id, sum(minor) AS minor FROM moved GROUP BY id),
      accounts AS (
        SELECT a.id, a.asset, a.balance_minor, COALESCE(s.minor, 0) AS sum
        FROM ledger_account a LEFT JOIN sums s USING (id) WHERE a.merchant_id = ${merchantId}
      ), differences AS (
        SELECT id, asset, balance_minor AS balance, sum FROM accounts WHERE balance_minor <> sum
        UNION ALL
        SELECT NULL, asset, sum(balance_minor), 0 FROM accounts GROUP BY asset HAVING sum(balance_minor) <> 0
      )
      SELECT (SELECT count(*)::int FROM accounts) AS accounts,
        (SELECT count(*)::int FROM ledger_transfer WHERE merchant_id = ${merchantId}) AS transfers,
        COALESCE((
          SELECT json_agg(json_build_object(
            'accountId', id, 'asset', asset, 'balance', balance::text, 'sum', sum::text) ORDER BY id, asset)
          FROM differences
        ), '[]') AS differences`;
    const check = { id: newId("chk"), at: scopeNow(scope), ...recount };
    await db.ledgerCheck.create({ data: { merchantId, ...check } });
    return check;
  });
}
