import { DomainError, notFound } from "@/lib/core/errors";
import { assetCode, decimal, type Money } from "@/lib/core/money";
import { type AccountRef, accountId, hasLots, mayOverdraw, owedBy } from "./accounts";
import { Draft } from "./planned-ledger";
import type { Lot, LotMove } from "./lots";

/** A movement of value, as asked for. */
export type Transfer = {
  /**
   * Why: one key per cause, "grant:rwd_…". A cause moves value once, however often it is posted.
   */
  readonly causeKey: string;
  readonly from: AccountRef;
  readonly to: AccountRef;
  /** More than 0, in the asset of both accounts. */
  readonly amount: Money;
  /**
   * The reward it belongs to. What it takes from `available` comes from that reward's own lots
   * first.
   */
  readonly rewardId?: string;
  /** One plain phrase for whoever reads the books. */
  readonly memo: string;
  readonly occurredAt: Date;
  /** The cause of an earlier transfer that this one undoes, whole. A transfer is undone once. */
  readonly reversesCause?: string;
  /** When the lot that it opens in `available` expires; null and untold for never. */
  readonly lotExpiresAt?: Date | null;
  /** Takes from this lot and no other, even if it is expired: what ends it. */
  readonly lotId?: string;
  /**
   * A take-back: moves what is still there, at most the amount. What is not is given up, or `owed`
   * by the owner.
   */
  readonly takesBack?: "clamp" | "claim";
  /** What comes in pays first what its owner owes, as it always does in `available`. */
  readonly repays?: boolean;
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

/**
 * What has to be known to decide about some transfers: balances by account id, what stands by
 * cause, and of accounts made of lots those that are open, the oldest first, with what reversed
 * transfers took from them or put back.
 */
export type Books<P extends Posted = Posted> = {
  /** The merchant's time: what is expired by then is not spent. */
  readonly now: Date;
  readonly balances: ReadonlyMap<string, bigint>;
  readonly byCause: ReadonlyMap<string, P>;
  readonly lots: ReadonlyMap<string, readonly Lot[]>;
  readonly movesByCause: ReadonlyMap<string, readonly LotMove[]>;
};

/**
 * A transfer to write with the amount that it moves, the lots that it opens and what it moves in
 * others.
 */
export type PlannedTransfer = {
  readonly transfer: Transfer;
  /** Under ids of their own, "cause#0", until they are written. */
  readonly opens: readonly Lot[];
  readonly moves: readonly LotMove[];
};

/** What became of an asked transfer, in minor units. */
export type Outcome = {
  /** Whether this call posted it; a repeat changes nothing. */
  readonly posted: boolean;
  /** What it moved, now or when it was posted. */
  readonly movedMinor: bigint;
  /** What a take-back could not find and its owner owes. */
  readonly claimedMinor: bigint;
  /** What went on at once to pay what its owner owed. 0 for a repeat. */
  readonly repaidMinor: bigint;
};

/** The transfers to write, in order, and what became of each asked one. */
export type Plan = {
  readonly inserts: readonly PlannedTransfer[];
  readonly outcomes: readonly Outcome[];
};

/** The largest single amount: leaves room for a thousand million of them in a 64-bit balance. */
const MAX_MINOR = 10n ** 15n;

/**
 * Decides what posting does, without doing it: each transfer in turn is new, or a repeat that
 * changes nothing. A transfer may bring others with it: a take-back the claim on what it could not
 * find, a credit the repayment of what its owner owed.
 * @throws DomainError invalid_request (amount not positive or too large, assets that differ, a
 * reversal that is no mirror), idempotency_conflict (a cause that stands with another content),
 * not_found (nothing to reverse), conflict (more than is there or, of a debt, than is owed;
 * reversed before).
 */
export function planTransfers(books: Books, transfers: readonly Transfer[]): Plan {
  for (const transfer of transfers) checkTransfer(transfer);
  const draft = new Draft(books);
  const outcomes = transfers.map((transfer) => plan(draft, transfer));
  return { inserts: draft.inserts, outcomes };
}

function plan(draft: Draft, transfer: Transfer): Outcome {
  const {
    causeKey,
    from,
    to,
    amount: { minor: asked, asset },
    takesBack,
  } = transfer;
  const standing = draft.standing(causeKey);
  if (standing) {
    checkRepeat(standing, transfer);
    const claimedMinor = draft.standing(claimCause(causeKey))?.amountMinor ?? 0n;
    return { posted: false, movedMinor: standing.amountMinor, claimedMinor, repaidMinor: 0n };
  }
  if (transfer.reversesCause !== undefined) checkReversal(draft, transfer, transfer.reversesCause);
  const held = draft.held(transfer);
  if (held < asked && !takesBack && !mayOverdraw(from.kind))
    throw overdrawn(from, held, transfer.amount);
  if (to.kind === "owed" && draft.balance(to) + asked > 0n)
    throw overdrawn(to, -draft.balance(to), transfer.amount);
  const movedMinor = takesBack ? recoverable(held, asked) : asked;
  const brought = draft.write({ ...transfer, amount: { minor: movedMinor, asset } });

  const claimedMinor = takesBack === "claim" ? asked - movedMinor : 0n;
  if (claimedMinor > 0n) {
    draft.write({
      ...derived(transfer, claimCause(causeKey), claimedMinor),
      from: owedBy(from),
      to,
      memo: "Owed: more was called back than was there",
    });
  }
  const repaidMinor = repays(transfer)
    ? recoverable(draft.owes(to), hasLots(to.kind) ? draft.spendable(brought) : movedMinor)
    : 0n;
  if (repaidMinor > 0n) {
    const ids = new Set(brought.map(({ id }) => id));
    draft.write(
      {
        ...derived(transfer, `${causeKey}:repaid`, repaidMinor),
        from: to,
        to: owedBy(to),
        memo: "Kept back for an earlier refund",
      },
      { first: ({ id }) => ids.has(id) },
    );
  }
  return { posted: true, movedMinor, claimedMinor, repaidMinor };
}

/** Whether what a transfer brings pays first what its owner owes. */
export function repays({ to, repays }: Pick<Transfer, "to" | "repays">): boolean {
  return repays === true || hasLots(to.kind);
}

/** The cause of the claim that a take-back leaves behind. */
export function claimCause(causeKey: string): string {
  return `${causeKey}:owed`;
}

function derived({ amount, rewardId, occurredAt }: Transfer, causeKey: string, minor: bigint) {
  return {
    causeKey,
    amount: { minor, asset: amount.asset },
    occurredAt,
    ...(rewardId !== undefined && { rewardId }),
  };
}

/**
 * How much of `asked` can be taken from an account: at most what it holds, never less than nothing.
 */
export function recoverable(balanceMinor: bigint, askedMinor: bigint): bigint {
  if (balanceMinor <= 0n) return 0n;
  return balanceMinor < askedMinor ? balanceMinor : askedMinor;
}

/**
 * Checks that a cause asked for again asks for the same: accounts, amount, reward and reversed
 * cause. The memo and the time only describe, and a second try may word them anew; the first stand.
 * Of a take-back what was taken stands, which may be less than what is asked, never more.
 * @throws DomainError idempotency_conflict
 */
function checkRepeat(standing: Posted, transfer: Transfer): void {
  const {
    causeKey,
    amount: { minor },
  } = transfer;
  const sameAmount = transfer.takesBack
    ? standing.amountMinor <= minor
    : standing.amountMinor === minor;
  const same =
    standing.fromId === accountId(transfer.from) &&
    standing.toId === accountId(transfer.to) &&
    sameAmount &&
    standing.rewardId === (transfer.rewardId ?? null) &&
    standing.reversesCause === (transfer.reversesCause ?? null);
  if (!same)
    throw new DomainError(
      "idempotency_conflict",
      `"${causeKey}" was posted before with another content.`,
    );
}

function checkTransfer({ from, to, amount }: Transfer): void {
  if (amount.minor <= 0n || amount.minor > MAX_MINOR) {
    const words =
      amount.minor <= 0n ? "The amount must be more than 0." : "This amount is too large.";
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

function checkReversal(draft: Draft, transfer: Transfer, cause: string): void {
  const original = draft.standing(cause);
  if (!original) throw notFound("transfer to reverse");
  if (original.reversesCause !== null) {
    throw new DomainError(
      "conflict",
      "A reversal cannot be reversed; post a new transfer instead.",
    );
  }
  if (original.reversedByCause !== null) {
    throw new DomainError("conflict", "This transfer was reversed before.");
  }
  if (
    original.fromId !== accountId(transfer.to) ||
    original.toId !== accountId(transfer.from) ||
    original.amountMinor !== transfer.amount.minor
  ) {
    throw new DomainError("invalid_request", "A reversal moves the same amount back the same way.");
  }
}

function overdrawn(from: AccountRef, holds: bigint, amount: Money): DomainError {
  const code = assetCode(amount.asset);
  const held = decimal({ minor: holds, asset: amount.asset });
  const words = `Only ${held} ${code} is ${from.kind} here, less than the ${decimal(amount)} ${code} asked for.`;
  return new DomainError("conflict", words);
}
