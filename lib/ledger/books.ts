import { type Db, Prisma } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import { type AccountRef, accountId, mayOverdraw } from "./accounts";
import type { Books, Posted, Transfer } from "./rules";

/** The statements under `commands.ts`: the same four, whatever the number of transfers. */

/** A standing transfer with its row's id. */
export type PostedRow = Posted & { readonly id: string };

type Row = {
  id: string; cause_key: string; debit_account_id: string; credit_account_id: string; amount_minor: bigint;
  reward_id: string | null; reverses_cause: string | null; reversed_by_cause: string | null;
};

/**
 * Opens the accounts that are missing, locks all of them until the transaction ends, and reads their balances
 * and what stands for the causes. Accounts are opened and locked in id order, so that transactions over crossing
 * accounts queue and never deadlock; a transaction that calls this for one set after another gives that up.
 */
export async function openBooks(
  db: Db, scope: Scope, accounts: readonly AccountRef[], causes: readonly string[],
): Promise<Books<PostedRow>> {
  const { merchantId } = scope;
  const byId = new Map(accounts.map((account) => [accountId(account), account]));
  const wanted = [...byId].map(([id, { kind, ownerId, asset }]) => ({
    id, asset, kind, owner_id: ownerId, may_overdraw: mayOverdraw(kind),
  }));
  // No conflict target: it must also be quiet about the account's other unique key when two open it at once.
  await db.$executeRaw`
    INSERT INTO ledger_account (merchant_id, id, asset, kind, owner_id, may_overdraw, created_at)
    SELECT ${merchantId}, id, asset, kind, owner_id, may_overdraw, ${scopeNow(scope)}::timestamptz
    FROM json_to_recordset(${JSON.stringify(wanted)}::json)
      AS wanted(id text, asset text, kind text, owner_id text, may_overdraw boolean)
    ORDER BY id
    ON CONFLICT DO NOTHING`;
  const balances = await db.$queryRaw<{ id: string; balance_minor: bigint }[]>`
    SELECT id, balance_minor FROM ledger_account
    WHERE merchant_id = ${merchantId} AND id = ANY(${[...byId.keys()]}::text[])
    ORDER BY id FOR NO KEY UPDATE`;
  // A statement of its own: it must see what others committed while this transaction waited for the locks.
  const standing = await db.$queryRaw<Row[]>`
    SELECT t.id, t.cause_key, t.debit_account_id, t.credit_account_id, t.amount_minor, t.reward_id,
      undone.cause_key AS reverses_cause, undoing.cause_key AS reversed_by_cause
    FROM ledger_transfer t
    LEFT JOIN ledger_transfer undone ON undone.merchant_id = t.merchant_id AND undone.id = t.reverses_id
    LEFT JOIN ledger_transfer undoing ON undoing.merchant_id = t.merchant_id AND undoing.reverses_id = t.id
    WHERE t.merchant_id = ${merchantId} AND t.cause_key = ANY(${[...new Set(causes)]}::text[])`;
  return {
    balances: new Map(balances.map((row) => [row.id, row.balance_minor])),
    byCause: new Map(standing.map((row) => [row.cause_key, {
      id: row.id, causeKey: row.cause_key, fromId: row.debit_account_id, toId: row.credit_account_id,
      amountMinor: row.amount_minor, rewardId: row.reward_id, reversesCause: row.reverses_cause,
      reversedByCause: row.reversed_by_cause,
    }])),
  };
}

/**
 * Writes transfers in their order; the table's trigger moves the balances.
 * @throws DomainError idempotency_conflict when a cause came to stand over other accounts in the meantime.
 */
export async function writeTransfers(
  db: Db, scope: Scope, books: Books<PostedRow>, transfers: readonly Transfer[],
): Promise<void> {
  if (transfers.length === 0) return;
  const now = scopeNow(scope);
  const idByCause = new Map<string, string>();
  for (const [cause, { id }] of books.byCause) idByCause.set(cause, id);
  const rows = transfers.map((transfer, place) => {
    const id = newId("tra");
    idByCause.set(transfer.causeKey, id);
    return {
      place, id, debit: accountId(transfer.from), credit: accountId(transfer.to),
      asset: transfer.amount.asset, amount: transfer.amount.minor.toString(),
      cause: transfer.causeKey, reward: transfer.rewardId ?? null,
      reverses: transfer.reversesCause === undefined ? null : idByCause.get(transfer.reversesCause),
      memo: transfer.memo, occurred: transfer.occurredAt.toISOString(),
    };
  });
  const written = await db.$executeRaw(Prisma.sql`
    INSERT INTO ledger_transfer (merchant_id, id, asset, debit_account_id, credit_account_id, amount_minor,
      cause_key, reverses_id, reward_id, memo, occurred_at, recorded_at)
    SELECT ${scope.merchantId}, id, asset, debit, credit, amount, cause, reverses, reward, memo, occurred,
      ${now}::timestamptz
    FROM json_to_recordset(${JSON.stringify(rows)}::json)
      AS asked(place int, id text, asset text, debit text, credit text, amount bigint, cause text,
        reverses text, reward text, memo text, occurred timestamptz)
    ORDER BY place
    ON CONFLICT (merchant_id, cause_key) DO NOTHING`);
  // The same cause over the same accounts waits for their locks and is then seen; only another content gets here.
  if (written !== rows.length) {
    throw new DomainError("idempotency_conflict", "A cause was posted at the same time with another content.");
  }
}
