import { DomainError, notFound } from "@/lib/core/errors";
import { assetCode, decimal, type Money } from "@/lib/core/money";
import { type AccountRef, accountId, mayOverdraw } from "./accounts";

/** A movement of value, as asked for. */
export type Transfer = {
  /** Why: one key per cause, "grant:rwd_…". A cause moves value once, however often it is posted. */
  readonly causeKey: string;
  readonly from: AccountRef;
  readonly to: AccountRef;
  /** More than 0, in the asset of both accounts. */
  readonly amount: Money;
  /** The reward it belongs to; the ledger does not look at it. */
  readonly rewardId?: string;
  /** One plain phrase for whoever reads the books. */
  readonly memo: string;
  readonly occurredAt: Date;
  /** The cause of an earlier transfer that this one undoes, whole. A transfer is undone once. */
  readonly reversesCause?: string;
};

/** A transfer that stands in the books. */
export type Posted = {
  readonly causeKey: string;
  readonly fromId: string;
  readonly toId: string;
  readonly amountMinor: bigint;
  readonly rewardId: string | null;
  /** The cause it undoes. */
  readonly reversesCause: string | null;
  /** The cause that undid it. */
  readonly reversedByCause: string | null;
};

/** What has to be known to decide about some transfers: balances by account id, and what stands by cause. */
export type Books<P extends Posted = Posted> = {
  readonly balances: ReadonlyMap<string, bigint>;
  readonly byCause: ReadonlyMap<string, P>;
};

/** The transfers to write, in order, and for each asked one whether it is among them. */
export type Plan = { readonly inserts: readonly Transfer[]; readonly posted: readonly boolean[] };

/** The largest single amount: leaves room for a thousand million of them in a 64-bit balance. */
const MAX_MINOR = 10n ** 15n;

/**
 * Decides what posting does, without doing it: each transfer in turn is new, or a repeat that changes nothing.
 * @throws DomainError invalid_request (amount not positive or too large, assets that differ, a reversal that is
 * no mirror), idempotency_conflict (a cause that stands with another content), not_found (nothing to reverse),
 * conflict (overdrawn, or reversed before).
 */
export function planTransfers(books: Books, transfers: readonly Transfer[]): Plan {
  const balances = new Map(books.balances);
  const byCause = new Map<string, Posted>(books.byCause);
  const inserts: Transfer[] = [];
  for (const transfer of transfers) checkTransfer(transfer);
  const posted = transfers.map((transfer) => {
    const standing = byCause.get(transfer.causeKey);
    if (standing) {
      checkRepeat(standing, transfer);
      return false;
    }
    const { causeKey, from, to, amount, reversesCause } = transfer;
    const reversed = reversesCause === undefined ? null : mirrored(byCause, transfer, reversesCause);
    const [fromId, toId] = [accountId(from), accountId(to)];
    const left = (balances.get(fromId) ?? 0n) - amount.minor;
    if (left < 0n && !mayOverdraw(from.kind)) throw overdrawn(from, left + amount.minor, amount);
    balances.set(fromId, left);
    balances.set(toId, (balances.get(toId) ?? 0n) + amount.minor);
    if (reversed) byCause.set(reversed.causeKey, { ...reversed, reversedByCause: causeKey });
    byCause.set(causeKey, {
      causeKey, fromId, toId, amountMinor: amount.minor, rewardId: transfer.rewardId ?? null,
      reversesCause: reversesCause ?? null, reversedByCause: null,
    });
    inserts.push(transfer);
    return true;
  });
  return { inserts, posted };
}

/** How much of `asked` can be taken from an account: at most what it holds, never less than nothing. */
export function recoverable(balanceMinor: bigint, askedMinor: bigint): bigint {
  if (balanceMinor <= 0n) return 0n;
  return balanceMinor < askedMinor ? balanceMinor : askedMinor;
}

/**
 * Checks that a cause asked for again asks for the same: accounts, amount, reward and reversed cause. The memo
 * and the time only describe, and a second try may word them anew; the first stand.
 * @throws DomainError idempotency_conflict
 */
export function checkRepeat(standing: Posted, transfer: Transfer): void {
  if (!sameAccounts(standing, transfer) || standing.amountMinor !== transfer.amount.minor
    || standing.reversesCause !== (transfer.reversesCause ?? null)) throw differs(transfer.causeKey);
}

/**
 * The same for a take-back. What stands is what was taken, which may be less than what is asked, never more.
 * @throws DomainError idempotency_conflict
 */
export function checkRepeatedTakeBack(standing: Posted, asked: Transfer): void {
  if (!sameAccounts(standing, asked) || standing.amountMinor > asked.amount.minor
    || standing.reversesCause !== null) throw differs(asked.causeKey);
}

/** Checks what can be checked without the books. @throws DomainError invalid_request */
export function checkTransfer({ from, to, amount }: Transfer): void {
  if (amount.minor <= 0n || amount.minor > MAX_MINOR) {
    const words = amount.minor <= 0n ? "The amount must be more than 0." : "This amount is too large.";
    throw new DomainError("invalid_request", words, "amount");
  }
  if (from.asset !== amount.asset || to.asset !== amount.asset) {
    const [moved, left, right] = [amount.asset, from.asset, to.asset].map(assetCode);
    const words = `${moved} cannot move from an account in ${left} to one in ${right}.`;
    throw new DomainError("invalid_request", words);
  }
  if (accountId(from) === accountId(to)) {
    throw new DomainError("invalid_request", "A transfer needs two different accounts.", "to");
  }
}

/** The standing transfer that `transfer` reverses, if it may. */
function mirrored(byCause: ReadonlyMap<string, Posted>, transfer: Transfer, cause: string): Posted {
  const original = byCause.get(cause);
  if (!original) throw notFound("transfer to reverse");
  if (original.reversesCause !== null) {
    throw new DomainError("conflict", "A reversal cannot be reversed; post a new transfer instead.");
  }
  if (original.reversedByCause !== null) {
    throw new DomainError("conflict", "This transfer was reversed before.");
  }
  if (original.fromId !== accountId(transfer.to) || original.toId !== accountId(transfer.from)
    || original.amountMinor !== transfer.amount.minor) {
    throw new DomainError("invalid_request", "A reversal moves the same amount back the same way.");
  }
  return original;
}

function sameAccounts(standing: Posted, transfer: Transfer): boolean {
  return standing.fromId === accountId(transfer.from) && standing.toId === accountId(transfer.to)
    && standing.rewardId === (transfer.rewardId ?? null);
}

function differs(causeKey: string): DomainError {
  return new DomainError("idempotency_conflict", `"${causeKey}" was posted before with another content.`);
}

function overdrawn(from: AccountRef, holds: bigint, amount: Money): DomainError {
  const code = assetCode(amount.asset);
  const held = decimal({ minor: holds, asset: amount.asset });
  const words = `Only ${held} ${code} is ${from.kind} here, less than the ${decimal(amount)} ${code} asked for.`;
  return new DomainError("conflict", words);
}
