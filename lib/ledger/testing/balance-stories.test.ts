import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasLots, parseAccountId } from "../rules/accounts";
import { isExpired } from "../rules/lots";
import type { PlannedTransfer } from "../rules/plan-transfers";
import { MemoryBooks } from "./random-transfers";
import { type Deed, drafts, live, resultOf, type Result } from "./balance-stories";

/** Thrown without the cost of an expectation: it is asked some million times. */
function hold(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

function checkBooks({ balances, lots }: MemoryBooks): void {
  const sums = new Map<string, bigint>();
  for (const [id, minor] of balances) {
    const { kind, asset } = parseAccountId(id);
    sums.set(asset, (sums.get(asset) ?? 0n) + minor);
    if (kind === "owed") hold(minor <= 0n, `${id} is a credit`);
    else if (kind !== "funding") hold(minor >= 0n, `${id} is overdrawn`);
    if (!hasLots(kind)) continue;
    let left = 0n;
    for (const { remainingMinor } of lots.get(id) ?? []) {
      hold(remainingMinor >= 0n, `a lot of ${id} is overdrawn`);
      left += remainingMinor;
    }
    hold(left === minor, `${id} holds ${minor}, its lots ${left}`);
  }
  for (const [asset, sum] of sums) hold(sum === 0n, `${asset} sums to ${sum}`);
}

/** Spending takes no expired lot, and none while another one expires earlier. */
function checkSpending(books: MemoryBooks, { transfer, moves }: PlannedTransfer): void {
  const isSpending =
    hasLots(transfer.from.kind) &&
    transfer.to.kind !== "funding" &&
    transfer.reversesCause === undefined;
  if (!isSpending) return;
  const lots = new Map([...books.lots.values()].flat().map((lot) => [lot.id, lot]));
  const taken = moves.filter(({ minor }) => minor < 0n).map(({ lotId }) => lots.get(lotId)!);
  for (const lot of taken)
    hold(!isExpired(lot, books.now), `${transfer.causeKey} takes an expired lot`);
  // What belongs to a reward, or repays, takes its own lots first.
  if (transfer.rewardId !== undefined || transfer.to.kind === "owed") return;
  const latest = Math.max(...taken.map(({ expiresAt }) => expiresAt?.getTime() ?? Infinity));
  for (const lot of lots.values()) {
    if (
      lot.accountId !== taken[0]?.accountId ||
      lot.remainingMinor === 0n ||
      isExpired(lot, books.now)
    )
      continue;
    hold(
      (lot.expiresAt?.getTime() ?? Infinity) >= latest,
      `${transfer.causeKey} leaves a lot that expires earlier`,
    );
  }
}

const sameResult = (one: Result, other: Result) =>
  typeof one === "string" || typeof other === "string"
    ? one === other
    : one.every(
        (outcome, place) =>
          outcome.posted === other[place]!.posted &&
          outcome.movedMinor === other[place]!.movedMinor,
      );

const contents = ({ balances, lots }: MemoryBooks) =>
  JSON.stringify([[...balances], [...lots]], (_, value: unknown) =>
    typeof value === "bigint" ? `${value}` : value,
  );

describe("10,000 lives of balances", () => {
  it("balance, spend nothing that is expired, and come to the same books when they are told again", () => {
    const seen: Record<string, number> = {};
    const note = (what: string) => (seen[what] = (seen[what] ?? 0) + 1);
    const look = (books: MemoryBooks, _deed: Deed, from: number) => {
      checkBooks(books);
      const written = books.journal.slice(from);
      // Later lots of the same call may be gone again: look at the order of single deeds.
      if (written.filter(({ transfer }) => hasLots(transfer.from.kind)).length === 1) {
        for (const planned of written) checkSpending(books, planned);
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
      fc.property(drafts(20), (steps) => {
        const { books, deeds, results } = live(steps, look);
        const told = new MemoryBooks();
        deeds.forEach((deed, index) => {
          const result = resultOf(told, deed);
          hold(sameResult(result, results[index]!), "another outcome when told again");
          if (typeof result === "string") return;
          const repeat = resultOf(told, deed);
          hold(
            typeof repeat !== "string" && repeat.every(({ posted }) => !posted),
            "a repeat was posted",
          );
        });
        hold(contents(told) === contents(books), "other books when told again");
      }),
      { numRuns: 10_000 },
    );
    // The lives reach everything that can happen, or the test would say little.
    for (const what of [
      "grant",
      "release",
      "void",
      "spend",
      "cancel",
      "refund",
      "sweep",
      "handOver",
      "adjust",
      "pay",
      "claimed",
      "repaid",
    ]) {
      expect(seen[what] ?? 0, what).toBeGreaterThan(100);
    }
  }, 60_000);
});
