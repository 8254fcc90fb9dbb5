import type { Db } from "@/lib/core/db";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import { type AccountRef, accountId, hasLots, owedBy } from "../rules/accounts";
import type { Lot, LotMove } from "../rules/lots";
import {
  claimCause,
  type LedgerState,
  type Posted,
  repays,
  type Transfer,
} from "../rules/transfer";
import { lockAccounts } from "./lock-accounts";

/** A posted transfer with its row's id. */
export type PostedRow = Posted & { readonly id: string };

type Row = {
  id: string;
  cause_key: string | null;
  debit_account_id: string;
  credit_account_id: string;
  amount_minor: bigint;
  reward_id: string | null;
  reverses_cause: string | null;
  reversed_by_cause: string | null;
};

/**
 * Opens the accounts that are missing, locks all of them until the transaction ends, and reads
 * their balances, what was posted for the causes, and lots. Accounts are opened and locked in id
 * order, so that transactions over crossing accounts queue and never deadlock; a transaction that
 * calls this for one set after another loses that guarantee. Two statements, whatever their
 * number, and a third where lots are taken or put back.
 *
 * What somebody owes is read and changed only under the lock of their `available` account, so that
 * an `owed` account need not be there to be asked about.
 */
export async function readLedger(
  tx: Tx,
  transfers: readonly Transfer[],
): Promise<LedgerState<PostedRow>> {
  const { db, merchantId } = tx;
  const { accounts, debtors, lots, causes } = needsOf(transfers);
  const balances = new Map(await lockAccounts(tx, [...accounts.values()]));
  // A statement of its own: it must see what others committed while this transaction waited for the
  // locks. Debts come along in it, as rows without a cause.
  const posted = await db.$queryRaw<Row[]>`
    SELECT t.id, t.cause_key, t.debit_account_id, t.credit_account_id, t.amount_minor, t.reward_id,
      undone.cause_key AS reverses_cause, undoing.cause_key AS reversed_by_cause
    FROM ledger_transfer t
    LEFT JOIN ledger_transfer undone ON undone.merchant_id = t.merchant_id
      AND undone.id = t.reverses_id
    LEFT JOIN ledger_transfer undoing ON undoing.merchant_id = t.merchant_id
      AND undoing.reverses_id = t.id
    WHERE t.merchant_id = ${merchantId} AND t.cause_key = ANY(${[...causes]}::text[])
    UNION ALL
    SELECT id, NULL, id, id, balance_minor, NULL, NULL, NULL FROM ledger_account
    WHERE merchant_id = ${merchantId} AND id = ANY(${[...debtors]}::text[])`;
  const byCause = new Map<string, PostedRow>();
  for (const row of posted) {
    if (row.cause_key === null) balances.set(row.id, row.amount_minor);
    else
      byCause.set(row.cause_key, {
        id: row.id,
        causeKey: row.cause_key,
        fromId: row.debit_account_id,
        toId: row.credit_account_id,
        amountMinor: row.amount_minor,
        rewardId: row.reward_id,
        reversesCause: row.reverses_cause,
        reversedByCause: row.reversed_by_cause,
      });
  }
  const reversed = transfers.flatMap(({ reversesCause }) => byCause.get(reversesCause ?? "") ?? []);
  return {
    now: scopeNow(tx),
    balances,
    byCause,
    ...(await openLots(db, merchantId, lots, reversed)),
  };
}

type Needs = {
  /** To open and lock, by id. */
  accounts: ReadonlyMap<string, AccountRef>;
  /** `owed` accounts that may not be there. */
  debtors: ReadonlySet<string>;
  /** Accounts whose lots are taken or filled. */
  lots: ReadonlySet<string>;
  causes: ReadonlySet<string>;
};

function needsOf(transfers: readonly Transfer[]): Needs {
  const accounts = new Map<string, AccountRef>();
  const [debtors, lots, causes] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const add = (account: AccountRef) => {
    accounts.set(accountId(account), account);
    if (account.kind === "owed") add({ ...account, kind: "available" });
  };
  for (const transfer of transfers) {
    const { from, to, causeKey, reversesCause, shortfall } = transfer;
    add(from);
    add(to);
    causes.add(causeKey);
    if (reversesCause !== undefined) causes.add(reversesCause);
    if (shortfall === "claim") {
      add(owedBy(from));
      causes.add(claimCause(causeKey));
    }
    if (repays(transfer)) {
      add({ ...to, kind: "available" });
      debtors.add(accountId(owedBy(to)));
    }
    if (hasLots(from.kind)) lots.add(accountId(from));
    if (hasLots(to.kind) && reversesCause !== undefined) lots.add(accountId(to));
  }
  return { accounts, debtors, lots, causes };
}

type LotRow = {
  id: string;
  account_id: string;
  reward_id: string | null;
  opened_by: string;
  expires_at: Date | null;
  remaining_minor: bigint;
  moved_by: string | null;
  moved_minor: bigint | null;
};

/** The open lots of accounts, and those that reversed transfers moved, open or not. */
async function openLots(
  db: Db,
  merchantId: string,
  accounts: ReadonlySet<string>,
  reversed: readonly PostedRow[],
): Promise<Pick<LedgerState, "lots" | "movesByCause">> {
  const lots = new Map<string, Map<string, Lot>>();
  const movesByCause = new Map<string, LotMove[]>();
  if (accounts.size === 0) return { lots: new Map(), movesByCause };
  const ids = reversed.map(({ id }) => id);
  const rows = await db.$queryRaw<LotRow[]>`
    WITH needed AS (
      SELECT l.id FROM ledger_lot l
      WHERE l.merchant_id = ${merchantId} AND l.account_id = ANY(${[...accounts]}::text[])
        AND l.remaining_minor > 0
      UNION
      SELECT lot_id FROM lot_move
      WHERE merchant_id = ${merchantId} AND transfer_id = ANY(${ids}::text[])
    )
    SELECT l.id, l.account_id, l.reward_id, t.cause_key AS opened_by, l.expires_at,
      l.remaining_minor,
      moved.cause_key AS moved_by, m.amount_minor AS moved_minor
    FROM needed n
    JOIN ledger_lot l ON l.merchant_id = ${merchantId} AND l.id = n.id
    JOIN ledger_transfer t ON t.merchant_id = l.merchant_id AND t.id = l.transfer_id
    LEFT JOIN lot_move m ON m.merchant_id = l.merchant_id AND m.lot_id = l.id
      AND m.transfer_id = ANY(${ids}::text[])
    LEFT JOIN ledger_transfer moved ON moved.merchant_id = m.merchant_id
      AND moved.id = m.transfer_id
    ORDER BY l.opened_at, l.id`;
  for (const row of rows) {
    const ofAccount = lots.get(row.account_id) ?? new Map<string, Lot>();
    lots.set(row.account_id, ofAccount);
    ofAccount.set(row.id, {
      id: row.id,
      accountId: row.account_id,
      rewardId: row.reward_id,
      openedBy: row.opened_by,
      expiresAt: row.expires_at,
      remainingMinor: row.remaining_minor,
    });
    if (row.moved_by === null || row.moved_minor === null) continue;
    const moves = movesByCause.get(row.moved_by) ?? [];
    moves.push({ lotId: row.id, accountId: row.account_id, minor: row.moved_minor });
    movesByCause.set(row.moved_by, moves);
  }
  return {
    lots: new Map([...lots].map(([id, ofAccount]) => [id, [...ofAccount.values()]])),
    movesByCause,
  };
}
