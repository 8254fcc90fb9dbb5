import { rowsAsJson } from "@/lib/core/statements/pending-writes";
import { Prisma } from "@/lib/core/db";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import { accountId, type AccountRef, mayOverdraw } from "../rules/accounts";

/** An account as its row begins. */
export type OpenedAccount = {
  id: string;
  asset: string;
  kind: string;
  owner_id: string;
  may_overdraw: boolean;
  created_at: Date;
};

/**
 * Opening and locking accounts as a part of a statement, so that other locks may be taken in it
 * before: what it defines, and the columns to select last.
 */
export type AccountLocks = { with: Prisma.Sql; columns: Prisma.Sql };

/** What the columns of `AccountLocks` come to. */
export type LockedAccounts = {
  opened: string[];
  missing: number;
  locked: { id: string; balance: string }[];
};

/**
 * Opens the accounts that are missing and then locks the others, both in id order, so that
 * transactions over crossing accounts queue and never deadlock. Where another transaction opens one
 * at the same moment, this waits for it and locks none: see `balancesIn`.
 */
export function accountLocks(tx: Tx, accounts: readonly AccountRef[]): AccountLocks {
  const rows = accounts.map((account) => openedAccount(tx, account));
  return {
    // No conflict target: it must also be quiet about the account's other unique key when two open
    // it at once.
    with: Prisma.sql`
      wanted AS (SELECT * FROM json_populate_recordset(
        NULL::ledger_account, ${rowsAsJson(rows)}::json)),
      missing AS (
        SELECT w.* FROM wanted w WHERE NOT EXISTS (
          SELECT FROM ledger_account a WHERE a.merchant_id = ${tx.merchantId} AND a.id = w.id)
      ), opened AS (
        INSERT INTO ledger_account
          (merchant_id, id, asset, kind, owner_id, may_overdraw, created_at)
        SELECT ${tx.merchantId}, id, asset, kind, owner_id, may_overdraw, created_at
        FROM missing ORDER BY id
        ON CONFLICT DO NOTHING RETURNING id
      ), locked AS (
        SELECT id, balance_minor::text AS balance FROM ledger_account
        WHERE merchant_id = ${tx.merchantId} AND id = ANY(${rows.map(({ id }) => id)}::text[])
          AND (SELECT count(*) FROM opened) = (SELECT count(*) FROM missing)
        ORDER BY id FOR NO KEY UPDATE
      )`,
    columns: Prisma.sql`
      (SELECT COALESCE(json_agg(id), '[]') FROM opened) AS opened,
      (SELECT count(*)::int FROM missing) AS missing,
      (SELECT COALESCE(json_agg(l), '[]') FROM locked l) AS locked`,
  };
}

/**
 * The balances of accounts that are locked now; null where another transaction opened one of them
 * at the same moment, so that all of it has to be asked again.
 */
export function balancesIn({
  opened,
  missing,
  locked,
}: LockedAccounts): ReadonlyMap<string, bigint> | null {
  if (opened.length !== missing) return null;
  const balances = new Map(opened.map((id) => [id, 0n]));
  for (const { id, balance } of locked) balances.set(id, BigInt(balance));
  return balances;
}

/**
 * Opens the accounts that are missing and locks all of them until the transaction ends. Rows that
 * are locked come in their newest version, so the balances are those.
 * @returns balances by account id
 */
export async function lockAccounts(
  tx: Tx,
  accounts: readonly AccountRef[],
): Promise<ReadonlyMap<string, bigint>> {
  tx.lock.took("account", accounts.map(accountId));
  const { with: locks, columns } = accountLocks(tx, accounts);
  for (;;) {
    const [found] = await tx.db.$queryRaw<[LockedAccounts]>`WITH ${locks} SELECT ${columns}`;
    const balances = balancesIn(found);
    if (balances) return balances;
  }
}

/** The row of an account that is opened now. */
export function openedAccount(tx: Tx, account: AccountRef): OpenedAccount {
  const { kind, ownerId, asset } = account;
  return {
    id: accountId(account),
    asset,
    kind,
    owner_id: ownerId,
    may_overdraw: mayOverdraw(kind),
    created_at: scopeNow(tx),
  };
}
