import { accountId, type AccountRef, hasLots, owedBy } from "./accounts";
import { type Lot, type LotChoice, type LotMove, lotsToTake, sumOfLots, takeFrom } from "./lots";
import type { LedgerState, PlannedTransfer, Posted, Transfer } from "./transfer";

/** The ledger with what is planned written into it. The state it began from is not changed. */
export class PlannedLedger {
  readonly inserts: PlannedTransfer[] = [];
  private readonly now: Date;
  private readonly balances: Map<string, bigint>;
  private readonly byCause: Map<string, Posted>;
  /** The oldest first. */
  private readonly lots: Map<string, Lot[]>;
  private readonly movesByCause: Map<string, readonly LotMove[]>;

  constructor(state: LedgerState) {
    this.now = state.now;
    this.balances = new Map(state.balances);
    this.byCause = new Map(state.byCause);
    this.lots = new Map([...state.lots].map(([id, lots]) => [id, [...lots]]));
    this.movesByCause = new Map(state.movesByCause);
  }

  /** What was posted for a cause. */
  posted(causeKey: string): Posted | undefined {
    return this.byCause.get(causeKey);
  }

  /**
   * What a transfer can take from its account: its balance, or of an account made of lots, those it
   * may take.
   */
  held(transfer: Transfer): bigint {
    return hasLots(transfer.from.kind)
      ? sumOfLots(this.lotsFor(transfer))
      : this.balance(transfer.from);
  }

  /** How much the owner of an account owes in its asset. */
  owes(account: AccountRef): bigint {
    return -this.balance(owedBy(account));
  }

  balance(account: AccountRef): bigint {
    return this.balances.get(accountId(account)) ?? 0n;
  }

  /**
   * Writes a transfer, its lots included.
   * @param source what it may take, where that is not told by the transfer itself
   * @returns the lots that it brought or filled
   */
  write(transfer: Transfer, source?: Pick<LotChoice, "first">): Lot[] {
    const {
      causeKey,
      from,
      to,
      amount: { minor },
      reversesCause,
    } = transfer;
    const [fromId, toId] = [accountId(from), accountId(to)];
    const sources = hasLots(from.kind) ? this.lotsFor(transfer, source) : [];
    const moves = takeFrom(sources, minor);
    const taken = moves.map(({ lotId, minor: moved }) => ({
      ...sources.find(({ id }) => id === lotId)!,
      remainingMinor: -moved,
    }));
    let opens: Lot[] = [];
    if (hasLots(to.kind) && minor > 0n) {
      const back = this.putBack(toId, reversesCause);
      moves.push(...back);
      opens = this.opening(
        transfer,
        taken,
        minor - back.reduce((sum, move) => sum + move.minor, 0n),
      );
    }
    for (const move of moves) this.move(move);
    if (opens.length > 0) this.lots.set(toId, [...(this.lots.get(toId) ?? []), ...opens]);

    this.balances.set(fromId, (this.balances.get(fromId) ?? 0n) - minor);
    this.balances.set(toId, (this.balances.get(toId) ?? 0n) + minor);
    const original = reversesCause === undefined ? undefined : this.byCause.get(reversesCause);
    if (original) this.byCause.set(original.causeKey, { ...original, reversedByCause: causeKey });
    this.byCause.set(causeKey, {
      causeKey,
      fromId,
      toId,
      amountMinor: minor,
      rewardId: transfer.rewardId ?? null,
      reversesCause: reversesCause ?? null,
      reversedByCause: null,
    });
    this.movesByCause.set(causeKey, moves);
    this.inserts.push({ transfer, opens, moves });
    const filled = new Set([
      ...opens.map(({ id }) => id),
      ...moves.filter(({ minor }) => minor > 0n).map(({ lotId }) => lotId),
    ]);
    return (this.lots.get(toId) ?? []).filter(({ id }) => filled.has(id));
  }

  /** What the transfer that was written last took out of lots that are not of its own reward. */
  borrowed(): bigint {
    const { transfer, moves } = this.inserts.at(-1)!;
    const own = new Set(
      (this.lots.get(accountId(transfer.from)) ?? [])
        .filter(({ rewardId }) => rewardId !== null && rewardId === transfer.rewardId)
        .map(({ id }) => id),
    );
    return moves.reduce(
      (sum, { lotId, minor }) => (minor < 0n && !own.has(lotId) ? sum - minor : sum),
      0n,
    );
  }

  /** Of some lots, what is left and can be spent. */
  spendable(lots: readonly Lot[]): bigint {
    return sumOfLots(
      lotsToTake(lots, { now: this.now, first: () => true, firstMayBeExpired: false }),
    );
  }

  /**
   * A reversal takes what its original brought; what belongs to a reward takes that reward's own
   * first.
   */
  private lotsFor(
    { from, to, rewardId, reversesCause, lotId }: Transfer,
    source?: Pick<LotChoice, "first">,
  ): Lot[] {
    const first = (lot: Lot) =>
      reversesCause !== undefined
        ? lot.openedBy === reversesCause
        : rewardId !== undefined && lot.rewardId === rewardId;
    return lotsToTake(this.lots.get(accountId(from)) ?? [], {
      now: this.now,
      only: lotId,
      first: source?.first ?? first,
      nothingElse: source !== undefined,
      firstMayBeExpired:
        source === undefined && (reversesCause !== undefined || to.kind === "funding"),
    });
  }

  /** The undoing of a debit returns the very lots that it took. */
  private putBack(toId: string, reversesCause: string | undefined): LotMove[] {
    const took = reversesCause === undefined ? [] : (this.movesByCause.get(reversesCause) ?? []);
    return took
      .filter((move) => move.accountId === toId && move.minor < 0n)
      .map((move) => ({ ...move, minor: -move.minor }));
  }

  /** What comes from another account of lots keeps the expiry and the reward of each. */
  private opening(
    { causeKey, from, to, rewardId, lotExpiresAt }: Transfer,
    taken: readonly Lot[],
    minor: bigint,
  ): Lot[] {
    if (minor === 0n) return [];
    const fresh = {
      rewardId: rewardId ?? null,
      expiresAt: lotExpiresAt ?? null,
      remainingMinor: minor,
    };
    const parts: Pick<Lot, "rewardId" | "expiresAt" | "remainingMinor">[] = hasLots(from.kind)
      ? [...taken]
      : [fresh];
    return parts.map(({ rewardId, expiresAt, remainingMinor }, index) => ({
      id: `${causeKey}#${index}`,
      accountId: accountId(to),
      openedBy: causeKey,
      rewardId,
      expiresAt,
      remainingMinor,
    }));
  }

  private move({ lotId, accountId: id, minor }: LotMove): void {
    this.lots.set(
      id,
      (this.lots.get(id) ?? []).map((lot) =>
        lot.id === lotId ? { ...lot, remainingMinor: lot.remainingMinor + minor } : lot,
      ),
    );
  }
}
