import { type Db, Prisma } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import { accountId } from "../rules/accounts";
import type { LedgerState, PlannedTransfer } from "../rules/transfer";
import type { PostedRow } from "./read-ledger";

/**
 * Writes transfers in their order with their lots, in one statement; the tables' triggers move
 * balances and lots.
 * @throws DomainError idempotency_conflict when a cause was posted over other accounts in the
 * meantime.
 */
export async function writeTransfers(
  db: Db,
  scope: Scope,
  state: LedgerState<PostedRow>,
  planned: readonly PlannedTransfer[],
): Promise<void> {
  if (planned.length === 0) return;
  const now = scopeNow(scope);
  const { transfers, lots, moves } = rowsOf(state, planned);
  const [written] = await db.$queryRaw<[{ count: number }]>(Prisma.sql`
    WITH written AS (
      INSERT INTO ledger_transfer (merchant_id, id, asset, debit_account_id, credit_account_id,
        amount_minor, cause_key, reverses_id, reward_id, memo, actor, occurred_at, recorded_at)
      SELECT ${scope.merchantId}, id, asset, debit, credit, amount, cause, reverses, reward, memo,
        ${scope.actor.label}, occurred, ${now}::timestamptz
      FROM json_to_recordset(${JSON.stringify(transfers)}::json)
        AS asked(place int, id text, asset text, debit text, credit text, amount bigint, cause text,
          reverses text, reward text, memo text, occurred timestamptz)
      ORDER BY place
      ON CONFLICT (merchant_id, cause_key) DO NOTHING
      RETURNING id
    ), opened AS (
      INSERT INTO ledger_lot (merchant_id, id, account_id, asset, transfer_id, reward_id,
        amount_minor, remaining_minor, opened_at, expires_at)
      SELECT ${scope.merchantId}, l.id, l.account, l.asset, l.transfer, l.reward, l.amount,
        l.amount, ${now}::timestamptz, l.expires
      FROM written w JOIN json_to_recordset(${JSON.stringify(lots)}::json)
        AS l(id text, transfer text, account text, asset text, reward text, amount bigint,
          expires timestamptz)
        ON l.transfer = w.id
    ), moved AS (
      INSERT INTO lot_move (merchant_id, transfer_id, lot_id, amount_minor)
      SELECT ${scope.merchantId}, m.transfer, m.lot, m.amount
      FROM written w JOIN json_to_recordset(${JSON.stringify(moves)}::json)
        AS m(lot text, transfer text, amount bigint) ON m.transfer = w.id
      ORDER BY m.transfer
    )
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

/** The rows that planned transfers become, as JSON takes them. */
function rowsOf(state: LedgerState<PostedRow>, planned: readonly PlannedTransfer[]) {
  const idByCause = new Map([...state.byCause].map(([cause, { id }]) => [cause, id]));
  const idOfLot = new Map(
    planned.flatMap(({ opens }) => opens.map(({ id }) => [id, newId("lot")] as const)),
  );
  for (const { transfer } of planned) idByCause.set(transfer.causeKey, newId("tra"));
  const idOf = ({ transfer }: PlannedTransfer) => idByCause.get(transfer.causeKey)!;
  return {
    transfers: planned.map((one, place) => {
      const { from, to, amount, causeKey, rewardId, reversesCause, memo, occurredAt } =
        one.transfer;
      return {
        place,
        id: idOf(one),
        debit: accountId(from),
        credit: accountId(to),
        asset: amount.asset,
        amount: amount.minor.toString(),
        cause: causeKey,
        reward: rewardId ?? null,
        reverses: reversesCause === undefined ? null : idByCause.get(reversesCause),
        memo,
        occurred: occurredAt.toISOString(),
      };
    }),
    lots: planned.flatMap((one) =>
      one.opens.map((lot) => ({
        id: idOfLot.get(lot.id),
        transfer: idOf(one),
        account: lot.accountId,
        asset: one.transfer.amount.asset,
        reward: lot.rewardId,
        amount: lot.remainingMinor.toString(),
        expires: lot.expiresAt?.toISOString() ?? null,
      })),
    ),
    moves: planned.flatMap((one) =>
      one.moves.map(({ lotId, minor }) => ({
        lot: idOfLot.get(lotId) ?? lotId,
        transfer: idOf(one),
        amount: minor.toString(),
      })),
    ),
  };
}
