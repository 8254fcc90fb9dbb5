import { finishNow, gathered, inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { type AccountRef, accountId, owedBy } from "../rules/accounts";
import { planTransfers } from "../rules/plan-transfers";
import { type Outcome, repays, type Transfer } from "../rules/transfer";
import { lockAccounts } from "./lock-accounts";
import { readLedger } from "./read-ledger";
import { leaveTransfers, writeTransfers } from "./write-transfers";

/**
 * Posts transfers, all or none, in their order (a later one may move what an earlier one brought).
 * Opens accounts as needed, and lots with them. A cause that was posted with the same content is
 * left as it is. Three statements, whatever their number, and a fourth where they take from
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
  return inScope(scope, async (tx) => {
    await finishNow(tx, "books");
    const state = await readLedger(tx, transfers);
    const { inserts, outcomes } = planTransfers(state, transfers);
    await writeTransfers(tx, state, inserts);
    return { posted: outcomes.map(({ posted }) => posted), outcomes };
  });
}

type Waiting = {
  transfers: readonly Transfer[];
  isNew: boolean;
  whenPosted: ((outcomes: readonly Outcome[]) => Promise<void>) | undefined;
};

/** What is posted at the end, and what is known by then of accounts that are locked. */
type Books = { calls: Waiting[]; balances: Map<string, bigint> };

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
  whenPosted?: Waiting["whenPosted"],
): void {
  booksOf(tx).calls.push({ transfers, isNew: false, whenPosted });
}

/**
 * The same for causes that are new ids, so that nothing has to be looked up for them, and which
 * take from `funding` or what an earlier one of the same call brought. They are written with
 * whatever else waits.
 */
export function postNewAtEnd(
  tx: Tx,
  transfers: readonly Transfer[],
  whenPosted?: Waiting["whenPosted"],
): void {
  booksOf(tx).calls.push({ transfers, isNew: true, whenPosted });
}

/**
 * The accounts that have to be locked, and their balances known, before new transfers can be
 * posted: none, unless one of them pays first what its owner owes.
 */
export function accountsToKnow(
  transfers: readonly Pick<Transfer, "from" | "to" | "repays">[],
): AccountRef[] {
  const repaying = transfers.filter(repays);
  if (repaying.length === 0) return [];
  const accounts = [
    ...transfers.flatMap(({ from, to }) => [from, to]),
    // Opened with the others: a debt that is not there when it is asked about may be there by then.
    ...repaying.flatMap(({ to }) => [{ ...to, kind: "available" } as const, owedBy(to)]),
  ];
  return [...new Map(accounts.map((account) => [accountId(account), account])).values()];
}

/** Notes what is known of accounts that this transaction has locked. */
export function noteBalances(tx: Tx, balances: ReadonlyMap<string, bigint>): void {
  const books = booksOf(tx);
  for (const [id, minor] of balances) books.balances.set(id, minor);
}

function booksOf(tx: Tx): Books {
  return gathered<Books>(
    tx,
    "books",
    () => ({ calls: [], balances: new Map() }),
    (books) => postWaiting(tx, books),
  );
}

async function postWaiting(tx: Tx, { calls, balances }: Books): Promise<void> {
  const transfers = calls.flatMap((call) => call.transfers);
  const outcomes = calls.every(({ isNew }) => isNew)
    ? await postNew(tx, transfers, balances)
    : (await postTransfers(tx, transfers)).outcomes;
  let place = 0;
  for (const { transfers, whenPosted } of calls) {
    const own = outcomes.slice(place, (place += transfers.length));
    await whenPosted?.(own);
  }
}

async function postNew(
  tx: Tx,
  transfers: readonly Transfer[],
  known: ReadonlyMap<string, bigint>,
): Promise<readonly Outcome[]> {
  const toKnow = accountsToKnow(transfers);
  const balances = toKnow.every((account) => known.has(accountId(account)))
    ? known
    : await lockAccounts(tx, toKnow);
  const { inserts, outcomes } = planTransfers(
    {
      now: scopeNow(tx),
      balances,
      byCause: new Map(),
      lots: new Map(),
      movesByCause: new Map(),
    },
    transfers,
  );
  const unlocked = new Map(
    inserts
      .flatMap(({ transfer: { from, to } }) => [from, to])
      .map((account) => [accountId(account), account] as const)
      .filter(([id]) => !balances.has(id)),
  );
  leaveTransfers(tx, [...unlocked.values()], inserts);
  return outcomes;
}
