import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasLots, parseAccountId } from "../rules/accounts";
import { isExpired } from "../rules/lots";
import type { PlannedTransfer } from "../rules/transfer";
import { MemoryLedger } from "./memory-ledger";
import { playHistory, postInMemory, type PostingResult } from "./balance-histories";
import { type Posting, randomSteps } from "./history-steps";

/** Throws without the cost of an expectation: it is asked some million times. */
function must(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

function checkLedgerState({ balances, lots }: MemoryLedger): void {
  const sums = new Map<string, bigint>();
  for (const [id, minor] of balances) {
    const { kind, asset } = parseAccountId(id);
    sums.set(asset, (sums.get(asset) ?? 0n) + minor);
    if (kind === "owed") must(minor <= 0n, `${id} is a credit`);
    else if (kind !== "funding") must(minor >= 0n, `${id} is overdrawn`);
    if (!hasLots(kind)) continue;
    let left = 0n;
    for (const { remainingMinor } of lots.get(id) ?? []) {
      must(remainingMinor >= 0n, `a lot of ${id} is overdrawn`);
      left += remainingMinor;
    }
    must(left === minor, `${id} holds ${minor}, its lots ${left}`);
  }
  for (const [asset, sum] of sums) must(sum === 0n, `${asset} sums to ${sum}`);
}

/** Spending takes no expired lot, and none while another one expires earlier. */
function checkSpending(ledger: MemoryLedger, { transfer, moves }: PlannedTransfer): void {
  const isSpending =
    hasLots(transfer.from.kind) &&
    transfer.to.kind !== "funding" &&
    transfer.reversesCause === undefined;
  if (!isSpending) return;
  const lots = new Map([...ledger.lots.values()].flat().map((lot) => [lot.id, lot]));
  const taken = moves.filter(({ minor }) => minor < 0n).map(({ lotId }) => lots.get(lotId)!);
  for (const lot of taken)
    must(!isExpired(lot, ledger.now), `${transfer.causeKey} takes an expired lot`);
  // What belongs to a reward, or repays, takes its own lots first.
  if (transfer.rewardId !== undefined || transfer.to.kind === "owed") return;
  const latest = Math.max(...taken.map(({ expiresAt }) => expiresAt?.getTime() ?? Infinity));
  for (const lot of lots.values()) {
    if (
      lot.accountId !== taken[0]?.accountId ||
      lot.remainingMinor === 0n ||
      isExpired(lot, ledger.now)
    )
      continue;
    must(
      (lot.expiresAt?.getTime() ?? Infinity) >= latest,
      `${transfer.causeKey} leaves a lot that expires earlier`,
    );
  }
}

const sameResult = (one: PostingResult, other: PostingResult) =>
  typeof one === "string" || typeof other === "string"
    ? one === other
    : one.every(
        (outcome, place) =>
          outcome.posted === other[place]!.posted &&
          outcome.movedMinor === other[place]!.movedMinor,
      );

const contents = ({ balances, lots }: MemoryLedger) =>
  JSON.stringify([[...balances], [...lots]], (_, value: unknown) =>
    typeof value === "bigint" ? `${value}` : value,
  );

describe("10,000 histories of balances", () => {
  it("balance, spend nothing expired, and come to the same when they are replayed", () => {
    const seen: Record<string, number> = {};
    const note = (what: string) => (seen[what] = (seen[what] ?? 0) + 1);
    const look = (ledger: MemoryLedger, _posting: Posting, from: number) => {
      checkLedgerState(ledger);
      const written = ledger.journal.slice(from);
      // Later lots of the same call may be gone again: look at the order of single postings.
      if (written.filter(({ transfer }) => hasLots(transfer.from.kind)).length === 1) {
        for (const planned of written) checkSpending(ledger, planned);
      }
      for (const { transfer } of written)
        note(
          transfer.to.kind === "owed"
            ? "repaid"
            : transfer.from.kind === "owed"
              ? "claimed"
              : transfer.memo,
        );
    };
    fc.assert(
      fc.property(randomSteps(20), (steps) => {
        const { ledger, postings, results } = playHistory(steps, look);
        const replayed = new MemoryLedger();
        postings.forEach((posting, index) => {
          const result = postInMemory(replayed, posting);
          must(sameResult(result, results[index]!), "another outcome when replayed");
          if (typeof result === "string") return;
          const repeat = postInMemory(replayed, posting);
          must(
            typeof repeat !== "string" && repeat.every(({ posted }) => !posted),
            "a repeat was posted",
          );
        });
        must(contents(replayed) === contents(ledger), "other ledger when replayed");
      }),
      { numRuns: 10_000 },
    );
    // The histories reach everything that can happen, or the test would say little.
    for (const what of [
      "grant",
      "release",
      "void",
      "spend",
      "cancel",
      "refund",
      "sweep",
      "handOn",
      "adjust",
      "pay",
      "claimed",
      "repaid",
    ]) {
      expect(seen[what] ?? 0, what).toBeGreaterThan(100);
    }
  });
});
