import type { Money } from "@/lib/core/money";
import { type AccountRef, hasLots } from "./accounts";
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
  /** One plain phrase for whoever reads the ledger. */
  readonly memo: string;
  readonly occurredAt: Date;
  /** The cause of an earlier transfer that this one undoes, whole. A transfer is undone once. */
  readonly reversesCause?: string;
  /** When the lot that it opens in `available` expires; null or undefined for never. */
  readonly lotExpiresAt?: Date | null;
  /** Takes from this lot and no other, even if it is expired: what ends it. */
  readonly lotId?: string;
  /**
   * Moves as much of the amount as is there, instead of failing. The shortfall is given up
   * ("clamp"), or `owed` by the owner ("claim").
   */
  readonly shortfall?: "clamp" | "claim";
  /** What comes in pays first what its owner owes, as it always does in `available`. */
  readonly repays?: boolean;
  /** Not this time: whoever posts it decides what it pays. */
  readonly keepsAll?: boolean;
};

/** A transfer that was posted. */
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
 * What has to be known to decide about some transfers: balances by account id, what was
 * posted by cause, and of accounts made of lots those that are open, the oldest first, with what
 * reversed
 * transfers took from them or put back.
 */
export type LedgerState<P extends Posted = Posted> = {
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
  /** The shortfall that its owner owes. */
  readonly claimedMinor: bigint;
  /** What went on at once to pay what its owner owed. 0 for a repeat. */
  readonly repaidMinor: bigint;
  /** What it took out of lots that are not of its own reward. 0 for a repeat. */
  readonly borrowedMinor: bigint;
};

/** The transfers to write, in order, and what became of each asked one. */
export type Plan = {
  readonly inserts: readonly PlannedTransfer[];
  readonly outcomes: readonly Outcome[];
};

/** Whether what a transfer brings pays first what its owner owes. */
export function repays({
  to,
  repays,
  keepsAll,
}: Pick<Transfer, "to" | "repays" | "keepsAll">): boolean {
  return !keepsAll && (repays === true || hasLots(to.kind));
}

/** The cause of the claim that a shortfall leaves behind. */
export function claimCause(causeKey: string): string {
  return `${causeKey}:owed`;
}
