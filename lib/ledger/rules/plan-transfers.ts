import { hasLots, mayOverdraw, owedBy } from "./accounts";
import { checkRepeat, checkReversal, checkTransfer, overdrawn } from "./check-transfer";
import { PlannedLedger } from "./planned-ledger";
import {
  claimCause,
  type LedgerState,
  type Outcome,
  type Plan,
  repays,
  type Transfer,
} from "./transfer";

/**
 * Decides what posting does, without doing it: each transfer in turn is new, or a repeat that
 * changes nothing. A transfer may bring others with it: one that recovers the claim on what it
 * could not find, a credit the repayment of what its owner owed.
 * @throws DomainError invalid_request (amount not positive or too large, assets that differ, a
 * reversal that is no mirror), idempotency_conflict (a cause that stands with another content),
 * not_found (nothing to reverse), conflict (more than is there or, of a debt, than is owed;
 * reversed before).
 */
export function planTransfers(state: LedgerState, transfers: readonly Transfer[]): Plan {
  for (const transfer of transfers) checkTransfer(transfer);
  const planned = new PlannedLedger(state);
  const outcomes = transfers.map((transfer) => plan(planned, transfer));
  return { inserts: planned.inserts, outcomes };
}

function plan(planned: PlannedLedger, transfer: Transfer): Outcome {
  const {
    causeKey,
    from,
    to,
    amount: { minor: asked, asset },
    shortfall,
  } = transfer;
  const earlier = planned.posted(causeKey);
  if (earlier) {
    checkRepeat(earlier, transfer);
    const claimedMinor = planned.posted(claimCause(causeKey))?.amountMinor ?? 0n;
    const movedMinor = earlier.amountMinor;
    return { posted: false, movedMinor, claimedMinor, repaidMinor: 0n, borrowedMinor: 0n };
  }
  if (transfer.reversesCause !== undefined)
    checkReversal(planned.posted(transfer.reversesCause), transfer);
  const held = planned.held(transfer);
  if (held < asked && !shortfall && !mayOverdraw(from.kind))
    throw overdrawn(from, held, transfer.amount);
  if (to.kind === "owed" && planned.balance(to) + asked > 0n)
    throw overdrawn(to, -planned.balance(to), transfer.amount);
  const movedMinor = shortfall ? recoverable(held, asked) : asked;
  const brought = planned.write({ ...transfer, amount: { minor: movedMinor, asset } });
  const borrowedMinor = planned.borrowed();

  const claimedMinor = shortfall === "claim" ? asked - movedMinor : 0n;
  if (claimedMinor > 0n) {
    planned.write({
      ...derived(transfer, claimCause(causeKey), claimedMinor),
      from: owedBy(from),
      to,
      memo: "Owed: more was reversed than was there",
    });
  }
  const repaidMinor = repays(transfer)
    ? recoverable(planned.owes(to), hasLots(to.kind) ? planned.spendable(brought) : movedMinor)
    : 0n;
  if (repaidMinor > 0n) {
    const ids = new Set(brought.map(({ id }) => id));
    planned.write(
      {
        ...derived(transfer, `${causeKey}:repaid`, repaidMinor),
        from: to,
        to: owedBy(to),
        memo: "Withheld for an earlier refund",
      },
      { first: ({ id }) => ids.has(id) },
    );
  }
  return { posted: true, movedMinor, claimedMinor, repaidMinor, borrowedMinor };
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
function recoverable(balanceMinor: bigint, askedMinor: bigint): bigint {
  if (balanceMinor <= 0n) return 0n;
  return balanceMinor < askedMinor ? balanceMinor : askedMinor;
}
