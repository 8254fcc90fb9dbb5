import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant, testSandbox } from "@/lib/merchants/testing";
import { type AccountRef, mayOverdraw, parseAccountId } from "../rules/accounts";
import { checkLedger } from "./check-ledger";
import { postTransfers } from "./post-transfers";
import { assetSums } from "../testing/asset-sums";
import { recover } from "../testing/recover";
import type { Transfer } from "../rules/transfer";
import { balancesOf, latestCheck, transfersOfReward } from "../queries/balances";
import { PlainLedger } from "../testing/plain-ledger";
import { type Step, type StepResult, histories, resultOf } from "../testing/random-transfers";

const program: AccountRef = { kind: "funding", ownerId: "prg_1", asset: "USD/2" };
const of = (kind: AccountRef["kind"], ownerId: string): AccountRef => ({
  kind,
  ownerId,
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

function run(scope: Scope, step: Step): Promise<StepResult> {
  return resultOf(
    step.verb === "post"
      ? postTransfers(scope, step.transfers).then(({ posted }) => posted)
      : recover(scope, step.asked).then(({ recoveredMinor }) => recoveredMinor),
  );
}

/** Everything in a merchant's ledger, without ids and times of recording. */
async function contentsOf(scope: Scope) {
  return inScope(scope, async ({ db, merchantId }) => {
    const accounts = await db.ledgerAccount.findMany({
      where: { merchantId },
      orderBy: { id: "asc" },
    });
    const transfers = await db.ledgerTransfer.findMany({
      where: { merchantId },
      orderBy: { id: "asc" },
      include: { reverses: true },
    });
    const balances: Record<string, bigint> = {};
    for (const { id, balanceMinor } of accounts)
      if (balanceMinor !== 0n) balances[id] = balanceMinor;
    return {
      balances,
      entries: transfers.map((row) => [
        row.causeKey,
        row.debitAccountId,
        row.creditAccountId,
        row.amountMinor,
        row.rewardId,
        row.memo,
        row.occurredAt.getTime(),
        row.reverses?.causeKey,
      ]),
    };
  });
}

describe("random histories on PostgreSQL", () => {
  it("come to what the plain ledger says, step by step, and re-add to the balances", async () => {
    await fc.assert(
      fc.asyncProperty(histories(30), fc.boolean(), async (steps, inOneTransaction) => {
        const [scope, plain] = [await createTestMerchant(), new PlainLedger()];
        const expected = steps.map((step) => plain.run(step));
        const all = async (joined: Scope) => {
          for (const [index, step] of steps.entries())
            expect(await run(joined, step)).toEqual(expected[index]);
        };
        // A refusal leaves an open transaction usable, so a whole history fits in one.
        await (inOneTransaction ? inScope(scope, (tx) => all(tx)) : all(scope));
        const { balances, entries } = await contentsOf(scope);
        expect(balances).toEqual(plain.balances());
        expect(entries.map(([cause]) => cause)).toEqual(
          plain.entries.map(({ causeKey }) => causeKey),
        );
        for (const [id, minor] of Object.entries(balances)) {
          expect(minor > 0n || mayOverdraw(parseAccountId(id).kind), id).toBe(true);
        }
        for (const { sumMinor } of await assetSums(scope)) expect(sumMinor).toBe(0n);
        expect(await checkLedger(scope)).toMatchObject({
          differences: [],
          transfers: plain.entries.length,
        });
      }),
      { numRuns: 40 },
    );
  });

  it("give the same ledger twice, and telling any part again changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(histories(25), fc.infiniteStream(fc.nat()), async (steps, noise) => {
        const [once, twice] = [await createTestMerchant(), await createTestMerchant()];
        const accepted: Step[] = [];
        for (const step of steps) {
          await run(once, step);
          if (typeof (await run(twice, step)) !== "string") accepted.push(step);
          const again = accepted[noise.next().value! % Math.max(accepted.length, 1)];
          if (again) await run(twice, again);
        }
        expect(await contentsOf(twice)).toEqual(await contentsOf(once));
      }),
      { numRuns: 15 },
    );
  });

  it("come to the same balances in any order, if nothing depends on what came before", async () => {
    const grants = fc.uniqueArray(
      fc.record({
        cause: fc.nat(40),
        customer: fc.nat(3),
        amount: fc.bigInt(1n, 10_000n),
      }),
      { selector: ({ cause }) => cause, minLength: 2, maxLength: 20 },
    );
    const orders = grants.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray([...list, ...list], { minLength: list.length }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(orders, async ([list, shuffled]) => {
        const post = (scope: Scope, one: (typeof list)[number]) =>
          postTransfers(scope, [
            move(`grant ${one.cause}`, program, of("pending", `cus_${one.customer}`), one.amount),
          ]);
        const [straight, mixed] = [await createTestMerchant(), await createTestMerchant()];
        for (const one of list) await post(straight, one);
        await Promise.all([...shuffled, ...list].map((one) => post(mixed, one)));
        expect((await contentsOf(mixed)).balances).toEqual((await contentsOf(straight)).balances);
      }),
      { numRuns: 12 },
    );
  });
});

describe("a reversal", () => {
  const ask = (causeKey: string, minor: bigint) =>
    move(causeKey, of("available", "cus_1"), program, minor);

  it("takes what is there; a repeat takes no more, even if the first found nothing", async () => {
    const scope = await createTestMerchant();
    expect(await recover(scope, ask("refund 1", 300n))).toMatchObject({ recoveredMinor: 0n });
    await postTransfers(scope, [move("grant", program, of("available", "cus_1"), 500n)]);
    expect(await recover(scope, ask("refund 1", 300n))).toMatchObject({ recoveredMinor: 0n });
    expect(await recover(scope, ask("refund 2", 400n))).toMatchObject({ recoveredMinor: 400n });
    expect(await recover(scope, ask("refund 3", 400n))).toMatchObject({ recoveredMinor: 100n });
    expect(await recover(scope, ask("refund 3", 400n))).toMatchObject({ recoveredMinor: 100n });
    await expect(recover(scope, ask("refund 3", 99n))).rejects.toMatchObject({
      code: "idempotency_conflict",
    });
    expect(await balancesOf(scope, "cus_1")).toMatchObject([{ asset: "USD/2", available: 0n }]);
    expect((await checkLedger(scope)).differences).toEqual([]);
  });
});

describe("queries", () => {
  it("show balances per asset, a reward's transfers and pages of an owner's", async () => {
    const scope = await createTestMerchant({ currency: "JPY", timeZone: "Asia/Tokyo" });
    const points = (kind: AccountRef["kind"], ownerId: string): AccountRef => ({
      kind,
      ownerId,
      asset: "PTS/0",
    });
    const rewardId = "rwd_1";
    await postTransfers(scope, [
      move("grant", program, of("pending", "cus_1"), 1000n, { rewardId }),
      move("release", of("pending", "cus_1"), of("available", "cus_1"), 1000n, { rewardId }),
      move("issue", of("available", "cus_1"), of("issued", "cus_1"), 700n, { rewardId }),
      move("use", of("issued", "cus_1"), of("spent", "prg_1"), 600n, { rewardId }),
      move("give back", of("spent", "prg_1"), of("available", "cus_1"), 50n, { rewardId }),
      move("points", points("funding", "prg_1"), points("available", "cus_1"), 7n),
    ]);
    const none = { funding: 0n, pending: 0n, available: 0n, issued: 0n, owed: 0n, spent: 0n };
    expect(await balancesOf(scope, "cus_1")).toEqual([
      { ...none, asset: "PTS/0", available: 7n },
      { ...none, asset: "USD/2", available: 350n, issued: 100n, spent: 550n },
    ]);
    expect(await balancesOf(scope, "prg_1")).toEqual([
      { ...none, asset: "PTS/0", funding: -7n },
      { ...none, asset: "USD/2", funding: -1000n, spent: 550n },
    ]);
    expect(await balancesOf(scope, "cus_nobody")).toEqual([]);
    expect((await transfersOfReward(scope, rewardId)).map(({ causeKey }) => causeKey)).toEqual([
      "grant",
      "release",
      "issue",
      "use",
      "give back",
    ]);
  });

  it("keep what the last check found, each merchant and sandbox apart", async () => {
    const scope = await createTestMerchant();
    expect(await latestCheck(scope)).toBeNull();
    await postTransfers(scope, [move("grant", program, of("pending", "cus_1"), 5n)]);
    const check = await checkLedger(scope);
    expect(check).toMatchObject({ accounts: 2, transfers: 1, differences: [] });
    expect(await latestCheck(scope)).toEqual(check);
    const sandbox = await testSandbox(scope);
    expect(sandbox.isSandbox).toBe(true);
    expect(await balancesOf(sandbox, "cus_1")).toEqual([]);
    expect(await latestCheck(sandbox)).toBeNull();
  });
});
