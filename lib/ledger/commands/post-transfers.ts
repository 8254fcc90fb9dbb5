import { finishNow, gathered, inScope, type Scope, type Tx } from "@/lib/merchants/scope";
import { planTransfers } from "../rules/plan-transfers";
import type { Outcome, Transfer } from "../rules/transfer";
import { readLedger } from "./read-ledger";
import { writeTransfers } from "./write-transfers";

/**
 * Posts transfers, all or none, in their order (a later one may move what an earlier one brought).
 * Opens accounts as needed, and lots with them. A cause that was posted with the same content is
 * left as it is. Four statements, whatever their number, and a fifth where they take from
 * `available`; called in an open transaction it joins it.
 *
 * Accounts stay locked until the transaction ends, in id order within one call: a transaction that
 * has several transfers to post should post them in one call.
 * @returns for each transfer, in order, whether this call posted it, and what became of it
 * @throws DomainError invalid_request, idempotency_conflict, not_found or conflict: see
 * `planTransfers`.
 */
export async function postTransfers(
  scope: Scope,
  transfers: readonly Transfer[],
): Promise<{ posted: boolean[]; outcomes: readonly Outcome[] }> {
  if (transfers.length === 0) return { posted: [], outcomes: [] };
  return inScope(scope, async (db, joined) => {
    await finishNow(joined, "books");
    const state = await readLedger(db, joined, transfers);
    const { inserts, outcomes } = planTransfers(state, transfers);
    await writeTransfers(db, joined, state, inserts);
    return { posted: outcomes.map(({ posted }) => posted), outcomes };
  });
}

type Waiting = {
  transfers: readonly Transfer[];
  whenPosted: ((outcomes: readonly Outcome[]) => Promise<void>) | undefined;
};

/**
 * Posts transfers as `postTransfers` does, but at the end of the open transaction, all of it in one
 * go: the accounts of a program are locked for a moment only. Whatever else this transaction does
 * to the ledger comes after them.
 * @param whenPosted what to do with what became of them, still in the transaction; it locks nothing
 * new
 */
export function postAtEnd(
  tx: Tx,
  transfers: readonly Transfer[],
  whenPosted?: (outcomes: readonly Outcome[]) => Promise<void>,
): void {
  gathered<Waiting[]>(
    tx,
    "books",
    () => [],
    (calls) => postWaiting(tx, calls),
  ).push({ transfers, whenPosted });
}

async function postWaiting(tx: Tx, calls: readonly Waiting[]): Promise<void> {
  const { outcomes } = await postTransfers(
    tx,
    calls.flatMap(({ transfers }) => transfers),
  );
  let place = 0;
  for (const { transfers, whenPosted } of calls) {
    const own = outcomes.slice(place, (place += transfers.length));
    await whenPosted?.(own);
  }
}
