import { accountId } from "../rules/accounts";
import type { Transfer } from "../rules/transfer";
import type { Step, StepResult } from "./random-transfers";

/**
 * For tests only, the oracle: a list of entries, re-added for every question. It keeps no balances
 * and plans nothing.
 */
export class PlainLedger {
  entries: Transfer[] = [];

  balance(id: string): bigint {
    let sum = 0n;
    for (const { from, to, amount } of this.entries) {
      if (accountId(to) === id) sum += amount.minor;
      if (accountId(from) === id) sum -= amount.minor;
    }
    return sum;
  }

  /** Balances other than 0, by account id. */
  balances(): Record<string, bigint> {
    const ids = [
      ...new Set(this.entries.flatMap(({ from, to }) => [accountId(from), accountId(to)])),
    ].sort();
    return Object.fromEntries(
      ids.map((id) => [id, this.balance(id)] as const).filter(([, minor]) => minor !== 0n),
    );
  }

  /** Does a step, whole or not at all. */
  run(step: Step): StepResult {
    const before = [...this.entries];
    const bad = (step.verb === "post" ? step.transfers : [step.asked]).some(isMalformed);
    if (bad) return "invalid_request";
    if (step.verb === "recover") return this.recover(step.asked);
    const outcomes: boolean[] = [];
    for (const transfer of step.transfers) {
      const outcome = this.post(transfer);
      if (typeof outcome === "string") {
        this.entries = before;
        return outcome;
      }
      outcomes.push(outcome);
    }
    return outcomes;
  }

  private post(transfer: Transfer): boolean | string {
    const twin = this.entries.find(({ causeKey }) => causeKey === transfer.causeKey);
    if (twin) return essence(twin) === essence(transfer) ? false : "idempotency_conflict";
    if (transfer.reversesCause !== undefined) {
      const original = this.entries.find(({ causeKey }) => causeKey === transfer.reversesCause);
      if (!original) return "not_found";
      if (original.reversesCause !== undefined) return "conflict";
      if (this.entries.some(({ reversesCause }) => reversesCause === transfer.reversesCause))
        return "conflict";
      const mirror =
        accountId(original.from) === accountId(transfer.to) &&
        accountId(original.to) === accountId(transfer.from) &&
        original.amount.minor === transfer.amount.minor;
      if (!mirror) return "invalid_request";
    }
    const source = transfer.from;
    if (source.kind !== "funding" && this.balance(accountId(source)) < transfer.amount.minor)
      return "conflict";
    this.entries.push(transfer);
    return true;
  }

  private recover(asked: Transfer): bigint | string {
    const twin = this.entries.find(({ causeKey }) => causeKey === asked.causeKey);
    if (twin) return twin.amount.minor;
    const held = this.balance(accountId(asked.from));
    const minor = held < 0n ? 0n : held < asked.amount.minor ? held : asked.amount.minor;
    this.entries.push({ ...asked, amount: { ...asked.amount, minor } });
    return minor;
  }
}

function isMalformed({ from, to, amount }: Transfer): boolean {
  return (
    amount.minor <= 0n ||
    from.asset !== to.asset ||
    from.asset !== amount.asset ||
    accountId(from) === accountId(to)
  );
}

function essence({ from, to, amount, rewardId, reversesCause }: Transfer): string {
  return [accountId(from), accountId(to), amount.minor, rewardId, reversesCause].join("|");
}
