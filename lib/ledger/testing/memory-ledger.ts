import { accountId } from "../rules/accounts";
import type { Lot, LotMove } from "../rules/lots";
import { planTransfers } from "../rules/plan-transfers";
import type { LedgerState, Outcome, PlannedTransfer, Posted, Transfer } from "../rules/transfer";

/** For tests only: a ledger in memory that does what the rules plan, and nothing else. */
export class MemoryLedger implements LedgerState {
  now = new Date(0);
  readonly balances = new Map<string, bigint>();
  readonly byCause = new Map<string, Posted>();
  readonly lots = new Map<string, Lot[]>();
  readonly movesByCause = new Map<string, readonly LotMove[]>();
  /** Every transfer written, in order, as it was planned. */
  readonly journal: PlannedTransfer[] = [];

  /** Posts as `postTransfers` does, whole or not at all. @throws DomainError */
  post(transfers: readonly Transfer[]): readonly Outcome[] {
    const { inserts, outcomes } = planTransfers(this, transfers);
    for (const insert of inserts) this.write(insert);
    return outcomes;
  }

  /** Balances other than 0, by account id. */
  nonZero(): Record<string, bigint> {
    return Object.fromEntries([...this.balances].filter(([, minor]) => minor !== 0n).sort());
  }

  private write(insert: PlannedTransfer): void {
    const {
      transfer: {
        causeKey,
        from,
        to,
        amount: { minor },
        rewardId = null,
        reversesCause = null,
      },
      opens,
      moves,
    } = insert;
    const [fromId, toId] = [accountId(from), accountId(to)];
    this.balances.set(fromId, (this.balances.get(fromId) ?? 0n) - minor);
    this.balances.set(toId, (this.balances.get(toId) ?? 0n) + minor);
    const original = reversesCause === null ? undefined : this.byCause.get(reversesCause);
    if (original) this.byCause.set(original.causeKey, { ...original, reversedByCause: causeKey });
    this.byCause.set(causeKey, {
      causeKey,
      fromId,
      toId,
      amountMinor: minor,
      rewardId,
      reversesCause,
      reversedByCause: null,
    });
    for (const lot of opens)
      this.lots.set(lot.accountId, [...(this.lots.get(lot.accountId) ?? []), lot]);
    for (const { lotId, accountId: id, minor: moved } of moves) {
      const lots = this.lots.get(id) ?? [];
      const place = lots.findIndex((lot) => lot.id === lotId);
      lots[place] = { ...lots[place]!, remainingMinor: lots[place]!.remainingMinor + moved };
    }
    if (moves.length > 0) this.movesByCause.set(causeKey, moves);
    this.journal.push(insert);
  }
}
