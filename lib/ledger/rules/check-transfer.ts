import { DomainError, notFound } from "@/lib/core/errors";
import { assetCode, decimal, MAX_MINOR, type Money } from "@/lib/core/money";
import { type AccountRef, accountId } from "./accounts";
import type { Posted, Transfer } from "./transfer";

/**
 * Checks that a cause asked for again asks for the same: accounts, amount, reward and reversed
 * cause. The memo and the time only describe, and a second try may word them anew; the first stand.
 * With a shortfall, what was moved may be less than what is asked, never more.
 * @throws DomainError idempotency_conflict
 */
export function checkRepeat(earlier: Posted, transfer: Transfer): void {
  const {
    causeKey,
    amount: { minor },
  } = transfer;
  const sameAmount = transfer.shortfall
    ? earlier.amountMinor <= minor
    : earlier.amountMinor === minor;
  const same =
    earlier.fromId === accountId(transfer.from) &&
    earlier.toId === accountId(transfer.to) &&
    sameAmount &&
    earlier.rewardId === (transfer.rewardId ?? null) &&
    earlier.reversesCause === (transfer.reversesCause ?? null);
  if (!same)
    throw new DomainError(
      "idempotency_conflict",
      `"${causeKey}" was posted before with another content.`,
    );
}

export function checkTransfer({ from, to, amount }: Transfer): void {
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

/**
 * Checks that a reversal mirrors a transfer that was not reversed before.
 * @throws DomainError not_found, conflict, invalid_request
 */
export function checkReversal(original: Posted | undefined, transfer: Transfer): void {
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

/** The refusal of a transfer that asks for more than its account holds. */
export function overdrawn(from: AccountRef, holds: bigint, amount: Money): DomainError {
  const code = assetCode(amount.asset);
  const held = decimal({ minor: holds, asset: amount.asset });
  const asked = decimal(amount);
  const words = `Only ${held} ${code} is ${from.kind}, less than the ${asked} ${code} asked for.`;
  return new DomainError("conflict", words);
}
