import { describe, expect, it } from "vitest";
import { seededRandom } from "@/lib/core/math/random";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import type { AccountRef } from "../rules/accounts";
import { checkLedger } from "./check-ledger";
import { postTransfers } from "./post-transfers";
import { recover } from "../testing/recover";
import type { Transfer } from "../rules/transfer";
import { balancesOf } from "../queries/balances";
import { assetSums } from "../testing/asset-sums";
import { resultOf } from "../testing/random-transfers";

const program: AccountRef = { kind: "funding", ownerId: "prg_1", asset: "USD/2" };
const available = (customer: number | string): AccountRef => ({
  kind: "available",
  ownerId: `cus_${customer}`,
  asset: "USD/2",
});
const move = (
  causeKey: string,
  from: AccountRef,
  to: AccountRef,
  minor: bigint,
  more: Partial<Transfer> = {},
) => ({
  causeKey,
  from,
  to,
  amount: { minor, asset: from.asset },
  memo: "test",
  occurredAt: new Date(0),
  ...more,
});

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const attempt = (scope: Scope, ...transfers: Transfer[]) =>
  resultOf(postTransfers(scope, transfers).then(({ posted }) => posted));
const count = (outcomes: unknown[], wanted: unknown) =>
  outcomes.filter((one) => JSON.stringify(one) === JSON.stringify(wanted)).length;

async function holds(scope: Scope, customer: number): Promise<bigint> {
  return (await balancesOf(scope, `cus_${customer}`))[0]?.available ?? 0n;
}

describe("at the same time", () => {
  it("100 posts of one cause post it once, also when its accounts are not open yet", async () => {
    const scope = await createTestMerchant();
    const outcomes = await Promise.all(
      times(100, () => attempt(scope, move("one", program, available(1), 500n))),
    );
    expect([count(outcomes, [true]), count(outcomes, [false])]).toEqual([1, 99]);
    expect(await holds(scope, 1)).toBe(500n);
  });

  it("one cause over different accounts stands for one of them; the others are told", async () => {
    const scope = await createTestMerchant();
    // No account in common, so that no lock makes them wait for each other: only the cause does.
    const outcomes = await Promise.all(
      times(20, (i) => {
        const purse: AccountRef = { ...program, ownerId: `prg_${i}` };
        return attempt(
          scope,
          move(`own ${i}`, purse, available(i), 1n),
          move("one", purse, available(i), 500n),
        );
      }),
    );
    expect([count(outcomes, [true, true]), count(outcomes, "idempotency_conflict")]).toEqual([
      1, 19,
    ]);
    expect(await assetSums(scope)).toEqual([{ asset: "USD/2", sumMinor: 0n }]);
    // All or none: a refused call leaves nothing behind.
    expect(await checkLedger(scope)).toMatchObject({ transfers: 2, differences: [] });
  });

  it("transfers over crossing accounts neither deadlock nor lose a cent", async () => {
    const scope = await createTestMerchant();
    const random = seededRandom("crossing");
    const someone = (but = -1): number => {
      const one = Math.floor(random() * 8);
      return one === but ? someone(but) : one;
    };
    // The accounts are opened by the first transfers, in whatever order these come.
    await Promise.all(
      times(40, (i) =>
        attempt(
          scope,
          move(`a ${i}`, program, available((i * 3) % 8), 1000n),
          move(`b ${i}`, program, available((i * 5 + 1) % 8), 1000n),
        ),
      ),
    );
    const expected = new Map<number, bigint>(times(8, (customer) => [customer, 10_000n]));
    const transfers = times(300, (i) => {
      const [from, middle] = [someone(), someone()];
      const to = someone(middle);
      const first = move(
        `x ${i}`,
        available(from),
        available(from === middle ? (middle + 1) % 8 : middle),
        10n,
      );
      const legs = [first, move(`y ${i}`, available(middle), available(to), 7n)];
      for (const leg of legs) {
        const [source, sink] = [leg.from, leg.to].map(({ ownerId }) => Number(ownerId.slice(4)));
        expected.set(source!, expected.get(source!)! - leg.amount.minor);
        expected.set(sink!, expected.get(sink!)! + leg.amount.minor);
      }
      return legs;
    });
    const outcomes = await Promise.all(transfers.map((legs) => attempt(scope, ...legs)));
    expect(count(outcomes, [true, true])).toBe(300);
    for (const [customer, minor] of expected) expect(await holds(scope, customer)).toBe(minor);
    expect((await checkLedger(scope)).differences).toEqual([]);
  });

  it("spending stops exactly at 0", async () => {
    const scope = await createTestMerchant();
    await postTransfers(scope, [move("grant", program, available(1), 105n)]);
    const spent: AccountRef = { kind: "spent", ownerId: "prg_1", asset: "USD/2" };
    const spend = (i: number) => attempt(scope, move(`spend ${i}`, available(1), spent, 10n));
    const outcomes = await Promise.all(times(40, spend));
    expect([count(outcomes, [true]), count(outcomes, "conflict")]).toEqual([10, 30]);
    expect(await holds(scope, 1)).toBe(5n);
  });

  it("take-backs and spending share what there is", async () => {
    const scope = await createTestMerchant();
    await postTransfers(scope, [move("grant", program, available(1), 1000n)]);
    const shortfall = (cause: number) =>
      resultOf(
        recover(scope, move(`back ${cause}`, available(1), program, 90n)).then(
          ({ recoveredMinor }) => recoveredMinor,
        ),
      );
    const outcomes = await Promise.all(
      times(60, (i) =>
        i % 2 === 0
          ? shortfall(i % 20)
          : attempt(scope, move(`spend ${i}`, available(1), available(2), 35n)),
      ),
    );
    const spent = BigInt(outcomes.filter((one) => Array.isArray(one)).length) * 35n;
    const taken = new Map(times(30, (i) => [(i * 2) % 20, outcomes[i * 2] as bigint]));
    // Each cause was asked three times and always answered the same.
    times(30, (i) => expect(outcomes[i * 2]).toBe(taken.get((i * 2) % 20)));
    const back = [...taken.values()].reduce((sum, one) => sum + one, 0n);
    expect(await holds(scope, 1)).toBe(1000n - spent - back);
    expect((await checkLedger(scope)).differences).toEqual([]);
  });

  it("a transfer is reversed once, whichever of two undoings comes first", async () => {
    const scope = await createTestMerchant();
    const given = ["grant", "more"].map((cause) => move(cause, program, available(1), 500n));
    await postTransfers(scope, given);
    const outcomes = await Promise.all(
      times(20, (i) =>
        attempt(scope, move(`undo ${i}`, available(1), program, 500n, { reversesCause: "grant" })),
      ),
    );
    expect([count(outcomes, [true]), count(outcomes, "conflict")]).toEqual([1, 19]);
    expect(await holds(scope, 1)).toBe(500n);
  });

  it("what a larger transaction rolls back was never posted", async () => {
    const scope = await createTestMerchant();
    await expect(
      inScope(scope, async (tx) => {
        await postTransfers(tx, [move("grant", program, available(1), 500n)]);
        throw new Error("the rest failed");
      }),
    ).rejects.toThrow("the rest failed");
    expect(await balancesOf(scope, "cus_1")).toEqual([]);
    expect(await attempt(scope, move("grant", program, available(1), 500n))).toEqual([true]);
  });
});
