import { Prisma } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { defineWrite, rowsAsJson } from "@/lib/core/statements/pending-writes";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import { accountId, type AccountRef } from "../rules/accounts";
import type { LedgerState, PlannedTransfer } from "../rules/transfer";
import { type OpenedAccount, openedAccount } from "./lock-accounts";
import type { PostedRow } from "./read-ledger";

/**
 * Writes transfers in their order with their lots, in one statement; the tables' triggers move
 * balances and lots.
 * @throws DomainError idempotency_conflict when a cause was posted over other accounts in the
 * meantime.
 */
export async function writeTransfers(
  tx: Tx,
  state: LedgerState<PostedRow>,
  planned: readonly PlannedTransfer[],
): Promise<void> {
  if (planned.length === 0) return;
  const { db, merchantId } = tx;
  const { transfers, lots, moves } = rowsOf(tx, state.byCause, planned);
  const json = (rows: readonly object[]) => Prisma.sql`${rowsAsJson(rows)}::json`;
  const ofWritten = Prisma.sql`WHERE transfer_id IN (SELECT id FROM written)`;
  const [written] = await db.$queryRaw<[{ count: number }]>(Prisma.sql`
    WITH written AS (
      ${insertTransfers(json(transfers), merchantId)}
      ON CONFLICT (merchant_id, cause_key) DO NOTHING RETURNING id
    ),
    opened AS (${insertLots(json(lots), merchantId, ofWritten)}),
    moved AS (${insertMoves(json(moves), merchantId, ofWritten)})
    SELECT count(*)::int AS count FROM written`);
  // The same cause over the same accounts waits for their locks and is then seen; only another
  // content gets here.
  if (written.count !== transfers.length) {
    throw new DomainError(
      "idempotency_conflict",
      "A cause was posted at the same time with another content.",
    );
  }
}

/**
 * Leaves transfers of new causes to be written with whatever else waits.
 * @param accounts those of them that are not locked yet
 */
export function leaveTransfers(
  tx: Tx,
  accounts: readonly AccountRef[],
  planned: readonly PlannedTransfer[],
): void {
  const { transfers, lots, moves } = rowsOf(tx, new Map(), planned);
  const opened = accounts.map((account) => openedAccount(tx, account));
  tx.later(missingAccounts, ...opened);
  tx.later(lockedAccounts, ...opened);
  tx.later(newTransfers, ...transfers);
  tx.later(newLots, ...lots);
  tx.later(newMoves, ...moves);
}

type TransferRow = {
  id: string;
  debit_account_id: string;
  credit_account_id: string;
  asset: string;
  amount_minor: string;
  cause_key: string;
  reward_id: string | null;
  reverses_id: string | null;
  memo: string;
  actor: string;
  occurred_at: Date;
  recorded_at: Date;
};

type LotRow = {
  id: string;
  transfer_id: string;
  account_id: string;
  asset: string;
  reward_id: string | null;
  amount_minor: string;
  opened_at: Date;
  expires_at: Date | null;
};

type MoveRow = { lot_id: string; transfer_id: string; amount_minor: string };

/** The rows that planned transfers become. */
function rowsOf(
  tx: Tx,
  byCause: ReadonlyMap<string, PostedRow>,
  planned: readonly PlannedTransfer[],
): { transfers: TransferRow[]; lots: LotRow[]; moves: MoveRow[] } {
  const now = scopeNow(tx);
  const idByCause = new Map([...byCause].map(([cause, { id }]) => [cause, id]));
  const idOfLot = new Map(
    planned.flatMap(({ opens }) => opens.map(({ id }) => [id, newId("lot")] as const)),
  );
  for (const { transfer } of planned) idByCause.set(transfer.causeKey, newId("tra"));
  const idOf = ({ transfer }: PlannedTransfer) => idByCause.get(transfer.causeKey)!;
  return {
    transfers: planned.map((one) => {
      const { from, to, amount, causeKey, rewardId, reversesCause, memo, occurredAt } =
        one.transfer;
      return {
        id: idOf(one),
        debit_account_id: accountId(from),
        credit_account_id: accountId(to),
        asset: amount.asset,
        amount_minor: amount.minor.toString(),
        cause_key: causeKey,
        reward_id: rewardId ?? null,
        reverses_id: reversesCause === undefined ? null : idByCause.get(reversesCause)!,
        memo,
        actor: tx.actor.label,
        occurred_at: occurredAt,
        recorded_at: now,
      };
    }),
    lots: planned.flatMap((one) =>
      one.opens.map((lot) => ({
        id: idOfLot.get(lot.id)!,
        transfer_id: idOf(one),
        account_id: lot.accountId,
        asset: one.transfer.amount.asset,
        reward_id: lot.rewardId,
        amount_minor: lot.remainingMinor.toString(),
        opened_at: now,
        expires_at: lot.expiresAt,
      })),
    ),
    moves: planned.flatMap((one) =>
      one.moves.map(({ lotId, minor }) => ({
        lot_id: idOfLot.get(lotId) ?? lotId,
        transfer_id: idOf(one),
        amount_minor: minor.toString(),
      })),
    ),
  };
}

// Ids sort in the order in which they were made: that of the transfers.

function insertTransfers(rows: Prisma.Sql, merchantId: string): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO ledger_transfer (merchant_id, id, asset, debit_account_id, credit_account_id,
      amount_minor, cause_key, reverses_id, reward_id, memo, actor, occurred_at, recorded_at)
    SELECT ${merchantId}, id, asset, debit_account_id, credit_account_id, amount_minor, cause_key,
      reverses_id, reward_id, memo, actor, occurred_at, recorded_at
    FROM json_populate_recordset(NULL::ledger_transfer, ${rows}) ORDER BY id`;
}

function insertLots(rows: Prisma.Sql, merchantId: string, where = Prisma.empty): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO ledger_lot (merchant_id, id, account_id, asset, transfer_id, reward_id,
      amount_minor, remaining_minor, opened_at, expires_at)
    SELECT ${merchantId}, id, account_id, asset, transfer_id, reward_id, amount_minor,
      amount_minor, opened_at, expires_at
    FROM json_populate_recordset(NULL::ledger_lot, ${rows}) ${where}`;
}

function insertMoves(rows: Prisma.Sql, merchantId: string, where = Prisma.empty): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO lot_move (merchant_id, transfer_id, lot_id, amount_minor)
    SELECT ${merchantId}, transfer_id, lot_id, amount_minor
    FROM json_populate_recordset(NULL::lot_move, ${rows}) ${where} ORDER BY transfer_id`;
}

// Accounts are opened and then locked, both in id order, as `accountLocks` does; after these, the
// triggers of the transfers wait for nobody.

const missingAccounts = defineWrite<OpenedAccount>({
  name: "missing_accounts",
  locks: "account",
  sql: (rows, merchantId) => Prisma.sql`
    INSERT INTO ledger_account (merchant_id, id, asset, kind, owner_id, may_overdraw, created_at)
    SELECT ${merchantId}, id, asset, kind, owner_id, may_overdraw, created_at
    FROM json_populate_recordset(NULL::ledger_account, ${rows}) w
    WHERE NOT EXISTS (
      SELECT FROM ledger_account a WHERE a.merchant_id = ${merchantId} AND a.id = w.id)
    ORDER BY id ON CONFLICT DO NOTHING RETURNING 1`,
});

const lockedAccounts = defineWrite<OpenedAccount>({
  name: "locked_accounts",
  locks: "account",
  sql: (rows, merchantId) => Prisma.sql`
    SELECT a.id FROM ledger_account a WHERE a.merchant_id = ${merchantId}
      AND a.id = ANY(ARRAY(
        SELECT w.id FROM json_populate_recordset(NULL::ledger_account, ${rows}) w))
    ORDER BY a.id FOR NO KEY UPDATE`,
});

const newTransfers = defineWrite<TransferRow>({
  name: "new_transfers",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`${insertTransfers(rows, merchantId)} RETURNING 1`,
});

const newLots = defineWrite<LotRow>({
  name: "new_lots",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`${insertLots(rows, merchantId)} RETURNING 1`,
});

const newMoves = defineWrite<MoveRow>({
  name: "new_moves",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`${insertMoves(rows, merchantId)} RETURNING 1`,
});
