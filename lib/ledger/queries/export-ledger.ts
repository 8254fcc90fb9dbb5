import { csvHead, csvLine } from "@/lib/core/values/csv";
import type { Db } from "@/lib/core/db";
import { assetCode, decimal } from "@/lib/core/money";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import { accountId } from "../rules/accounts";
import { type TransferView, viewTransfer } from "./balances";

const COLUMNS = [
  "entry",
  "transfer",
  "recorded_at",
  "occurred_at",
  "account",
  "kind",
  "owner",
  "currency",
  "amount",
  "cause",
  "reward",
  "reverses",
  "memo",
  "actor",
];
/** How many are read and written at a time: everybody else waits for as long. */
const PAGE = 200;

/**
 * The whole ledger as CSV, two lines for each transfer: what it took from one account (below 0) and
 * what it brought to the other. The amounts of an account add up to its balance, those of a
 * currency to 0. All of it is read as it stood when the export began, and only as fast as it is
 * taken.
 */
export function exportLedger(scope: Scope): ReadableStream<Uint8Array> {
  requirePermission(scope, "ledger.read");
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  const write = async (text: string) => {
    await writer.ready;
    await writer.write(encoder.encode(text));
  };
  const work = inScope(
    scope,
    async ({ db, merchantId }) => {
      await write(csvHead(COLUMNS));
      let after = "";
      for (;;) {
        const page = await pageAfter(db, merchantId, after);
        if (page.length > 0) await write(page.flatMap(entriesOf).join(""));
        if (page.length < PAGE) return;
        after = page.at(-1)!.id;
      }
    },
    { snapshot: true },
  );
  // Whoever reads gets the error; whoever stopped reading does not want it.
  work
    .then(() => writer.close())
    .catch((error: unknown) => writer.abort(error))
    .catch(() => {});
  return readable;
}

async function pageAfter(db: Db, merchantId: string, after: string): Promise<TransferView[]> {
  const rows = await db.ledgerTransfer.findMany({
    where: { merchantId, id: { gt: after } },
    orderBy: { id: "asc" },
    take: PAGE,
  });
  return rows.map(viewTransfer);
}

function entriesOf(transfer: TransferView): string[] {
  const {
    id,
    from,
    to,
    amount: { minor, asset },
  } = transfer;
  return (
    [
      [from, -minor, "debit"],
      [to, minor, "credit"],
    ] as const
  ).map(([account, signed, entry]) =>
    csvLine([
      entry,
      id,
      transfer.recordedAt.toISOString(),
      transfer.occurredAt.toISOString(),
      accountId(account),
      account.kind,
      account.ownerId,
      assetCode(asset),
      decimal({ minor: signed, asset }),
      transfer.causeKey,
      transfer.rewardId,
      transfer.reversesId,
      transfer.memo,
      transfer.actor,
    ]),
  );
}
