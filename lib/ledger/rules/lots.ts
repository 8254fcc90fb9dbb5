/**
 * A part of an `available` account that came in at once and expires at once.
 */
export type Lot = {
  readonly id: string;
  readonly accountId: string;
  /** The reward whose worth it is. */
  readonly rewardId: string | null;
  /** The cause of the transfer that brought it. */
  readonly openedBy: string;
  /** From then on it cannot be spent; null for never. */
  readonly expiresAt: Date | null;
  readonly remainingMinor: bigint;
};

/** What a transfer took from a lot (below 0) or put back into it. */
export type LotMove = {
  readonly lotId: string;
  readonly accountId: string;
  readonly minor: bigint;
};

/** Which lots a debit may take from, beyond those that anything may: all that are not expired. */
export type LotChoice = {
  readonly now: Date;
  /** Only this lot, also when it is expired. */
  readonly only?: string | undefined;
  /** Lots that are taken first. */
  readonly first: (lot: Lot) => boolean;
  /** Whether those may be expired: what goes back where it came from is not spent. */
  readonly firstMayBeExpired: boolean;
  /** Only what comes first. */
  readonly nothingElse?: boolean;
};

/** Whether a lot can no longer be spent. */
export function isExpired(lot: Pick<Lot, "expiresAt">, now: Date): boolean {
  return lot.expiresAt !== null && lot.expiresAt <= now;
}

/**
 * The lots that a debit may take, in the order in which it takes them: its own first, then those
 * that expire earliest (never comes last), then the oldest.
 * @param lots of one account, the oldest first
 */
export function lotsToTake(lots: readonly Lot[], choice: LotChoice): Lot[] {
  const open = lots.filter(({ remainingMinor }) => remainingMinor > 0n);
  if (choice.only !== undefined) return open.filter(({ id }) => id === choice.only);
  const own = open.filter(
    (lot) => choice.first(lot) && (choice.firstMayBeExpired || !isExpired(lot, choice.now)),
  );
  const others = choice.nothingElse
    ? []
    : open.filter((lot) => !choice.first(lot) && !isExpired(lot, choice.now));
  return [...own.sort(byExpiry), ...others.sort(byExpiry)];
}

/** How much there is in some lots. */
export function sumOfLots(lots: readonly Pick<Lot, "remainingMinor">[]): bigint {
  return lots.reduce((sum, { remainingMinor }) => sum + remainingMinor, 0n);
}

/** Takes an amount from lots in their order. They must hold it. */
export function takeFrom(lots: readonly Lot[], minor: bigint): LotMove[] {
  const moves: LotMove[] = [];
  let left = minor;
  for (const { id, accountId, remainingMinor } of lots) {
    if (left === 0n) break;
    const taken = remainingMinor < left ? remainingMinor : left;
    moves.push({ lotId: id, accountId, minor: -taken });
    left -= taken;
  }
  return moves;
}

function byExpiry(one: Lot, other: Lot): number {
  const at = ({ expiresAt }: Lot) => expiresAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
  return at(one) - at(other);
}
