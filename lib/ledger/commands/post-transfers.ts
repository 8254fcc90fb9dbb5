import type { Db } from "@/lib/core/db";
import { atEnd, inScope, type Scope } from "@/lib/merchants/scope";
import { openBooks, writeTransfers } from "./ledger-rows";
import { type Outcome, planTransfers, type Transfer } from "../rules/plan-transfers";

export { checkLedger, type LedgerCheckResult, type LedgerDifference } from "./check-ledger";
export type { Outcome, Transfer } from "../rules/plan-transfers";

/**
 * Posts transfers, all or none, in their order (a later one may move what an earlier one brought).
 * Opens accounts as needed, and lots with them. A cause that stands with the same content is left
 * as it is. Four statements, whatever the number of transfers, and a fifth where they take from
 * `available`; called in an open transaction it joins it.
 *
 * Accounts stay locked until the transaction ends, in id order within one call: a transaction that
 * has several transfers to post should hand them over in one call.
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
    await postWaiting(joined);
    const books = await openBooks(db, joined, transfers);
    const { inserts, outcomes } = planTransfers(books, transfers);
    await writeTransfers(db, joined, books, inserts);
    return { posted: outcomes.map(({ posted }) => posted), outcomes };
  });
}

type Waiting = {
  transfers: readonly Transfer[];
  whenPosted: ((outcomes: readonly Outcome[]) => Promise<void>) | undefined;
};

const waiting = new WeakMap<Db, Waiting[]>();

/**
 * Posts transfers as `postTransfers` does, but at the end of the open transaction, all of it in one
 * go: the accounts of a program are locked for a moment only. Whatever else this transaction does
 * to the books comes after them.
 * @param whenPosted what to do with what became of them, still in the transaction; it locks nothing
 * new
 */
export function postAtEnd(
  scope: Scope & { db: Db },
  transfers: readonly Transfer[],
  whenPosted?: (outcomes: readonly Outcome[]) => Promise<void>,
): void {
  const earlier = waiting.get(scope.db);
  if (earlier) {
    earlier.push({ transfers, whenPosted });
  } else {
    waiting.set(scope.db, [{ transfers, whenPosted }]);
    atEnd(scope, "books", () => postWaiting(scope));
  }
}

async function postWaiting(scope: Scope & { db: Db }): Promise<void> {
  const calls = waiting.get(scope.db);
  waiting.delete(scope.db);
  if (!calls) return;
  const { outcomes } = await postTransfers(
    scope,
    calls.flatMap(({ transfers }) => transfers),
  );
  let place = 0;
  for (const { transfers, whenPosted } of calls) {
    const own = outcomes.slice(place, (place += transfers.length));
    await whenPosted?.(own);
  }
}

/** A transfer of at most `amount`. */
export type TakeBack = Omit<Transfer, "reversesCause" | "takesBack">;

/**
 * Takes back what is still there: moves `amount`, or as much of it as the `from` account holds; of
 * `available`, its reward's own lots first, then what is not expired. What could not be recovered
 * is the caller's to note or, under the policy "claim", is owed by the account's owner and paid out
 * of what comes in later. Once per cause: a repeat returns what the first call took, also when that
 * was nothing and the account has been filled since.
 * @throws DomainError invalid_request (amount, assets), idempotency_conflict (the cause stands over
 * other accounts, for another reward, or took more than is asked now).
 */
export async function takeBack(
  scope: Scope,
  asked: TakeBack,
  policy: "clamp" | "claim" = "clamp",
): Promise<{ recoveredMinor: bigint; claimedMinor: bigint }> {
  const {
    outcomes: [outcome],
  } = await postTransfers(scope, [{ ...asked, takesBack: policy }]);
  return { recoveredMinor: outcome?.movedMinor ?? 0n, claimedMinor: outcome?.claimedMinor ?? 0n };
}
