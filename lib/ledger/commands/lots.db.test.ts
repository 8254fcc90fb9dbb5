import { readFileSync } from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { poolFor } from "@/lib/core/db";
import { POINTS } from "@/lib/core/money";
import { addDays, DAY_MS, systemNow } from "@/lib/core/time";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import type { AccountRef } from "../rules/accounts";
import { checkLedger } from "./check-ledger";
import { postTransfers } from "./post-transfers";
import { recover } from "../testing/recover";
import type { Transfer } from "../rules/transfer";
import { expireLot } from "./expire-lot";
import { balancesOf, lotsOf } from "../queries/balances";
import { resultOf } from "../testing/random-transfers";

const account = (kind: AccountRef["kind"], ownerId: string): AccountRef => ({
  kind,
  ownerId,
  asset: POINTS,
});
const [purse, spent, own] = [
  account("funding", "prg_1"),
  account("spent", "prg_1"),
  account("available", "cus_1"),
];
const move = (
  causeKey: string,
  from: AccountRef,
  to: AccountRef,
  minor: bigint,
  more: Partial<Transfer> = {},
): Transfer => ({
  causeKey,
  from,
  to,
  amount: { minor, asset: POINTS },
  memo: "test",
  occurredAt: new Date(0),
  ...more,
});
const later = (scope: Scope, days: number): Scope => ({
  ...scope,
  clockOffsetMs: BigInt(days * DAY_MS),
});
const inDays = (days: number) => addDays(systemNow(), days);
const attempt = (scope: Scope, ...transfers: Transfer[]) =>
  resultOf(postTransfers(scope, transfers).then(({ posted }) => posted));
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const left = async (scope: Scope) =>
  (await lotsOf(scope, "cus_1", POINTS)).map(({ remainingMinor }) => remainingMinor);
const balance = async (scope: Scope) => (await balancesOf(scope, "cus_1"))[0];

let owner: Client;
beforeAll(async () => {
  owner = new Client({ connectionString: process.env.DATABASE_URL });
  await owner.connect();
});
afterAll(() => owner.end());

/** 100 points that expire in 10 days, 50 in 5 days, 25 never. */
async function withLots(): Promise<Scope> {
  const scope = await createTestMerchant();
  await postTransfers(scope, [
    move("never", purse, own, 25n),
    move("late", purse, own, 100n, { rewardId: "rwd_late", lotExpiresAt: inDays(10) }),
    move("soon", purse, own, 50n, { lotExpiresAt: inDays(5) }),
  ]);
  return scope;
}

describe("lots", () => {
  it("are spent earliest-expiring first, and an undoing returns the very ones", async () => {
    const scope = await withLots();
    await postTransfers(scope, [move("spend", own, spent, 60n)]);
    expect(await left(scope)).toEqual([90n, 25n]);
    await postTransfers(scope, [move("spend more", own, spent, 100n)]);
    expect(await left(scope)).toEqual([15n]);
    await postTransfers(scope, [move("undo", spent, own, 60n, { reversesCause: "spend" })]);
    expect(await left(scope)).toEqual([50n, 10n, 15n]);
    expect((await checkLedger(scope)).differences).toEqual([]);
  });

  it("of a reward are taken first when that reward is reversed", async () => {
    const scope = await withLots();
    await recover(scope, move("refund", own, purse, 30n, { rewardId: "rwd_late" }));
    expect(await left(scope)).toEqual([50n, 70n, 25n]);
  });

  it("cannot be spent once they are expired, and then go back once", async () => {
    const scope = await withLots();
    const then = later(scope, 6);
    expect(await attempt(then, move("spend", own, spent, 126n))).toBe("conflict");
    expect(await attempt(then, move("spend", own, spent, 125n))).toEqual([true]);
    const due = async () =>
      (
        await inScope(then, ({ db }) =>
          db.ledgerLot.findMany({ where: { expiresAt: { lt: addDays(systemNow(), 6) } } }),
        )
      )[0]!;
    const results = await Promise.all(
      times(5, async () => expireLot(then, { lotId: (await due()).id, to: purse })),
    );
    expect(results.filter((minor) => minor > 0n)).toEqual([50n]);
    expect(await balance(then)).toMatchObject({ available: 0n });
    expect((await checkLedger(then)).differences).toEqual([]);
  });

  it("that are filled again after they expired expire again", async () => {
    const scope = await withLots();
    await postTransfers(scope, [move("spend", own, spent, 40n)]);
    const then = later(scope, 6);
    const [lot] = await lotsOf(then, "cus_1", POINTS);
    expect(await expireLot(then, { lotId: lot!.id, to: purse })).toBe(10n);
    await postTransfers(then, [move("undo", spent, own, 40n, { reversesCause: "spend" })]);
    expect(await expireLot(then, { lotId: lot!.id, to: purse })).toBe(40n);
    expect(await balance(then)).toMatchObject({ available: 125n });
  });

  it("keep their expiry when they are handed to somebody else", async () => {
    const scope = await withLots();
    await postTransfers(scope, [move("gift", own, account("available", "cus_2"), 120n)]);
    const mine = await lotsOf(scope, "cus_1", POINTS);
    const theirs = await lotsOf(scope, "cus_2", POINTS);
    expect(mine.map(({ remainingMinor }) => remainingMinor)).toEqual([30n, 25n]);
    expect(theirs.map(({ remainingMinor, rewardId }) => [remainingMinor, rewardId])).toEqual([
      [50n, null],
      [70n, "rwd_late"],
    ]);
    expect(theirs[1]!.expiresAt).toEqual(mine[0]!.expiresAt);
  });
});

describe("claims", () => {
  const claim = (causeKey: string, minor: bigint) =>
    recover(later100, move(causeKey, own, purse, minor), "claim");
  let later100: Scope;

  it("are what a reversal could not recover, repaid out of what comes in", async () => {
    const scope = (later100 = await withLots());
    await postTransfers(scope, [move("spend", own, spent, 170n)]);
    expect(await claim("refund", 65n)).toEqual({ recoveredMinor: 5n, claimedMinor: 60n });
    expect(await claim("refund", 65n)).toEqual({ recoveredMinor: 5n, claimedMinor: 60n });
    expect(await balance(scope)).toMatchObject({ available: 0n, owed: -60n });
    const { outcomes } = await postTransfers(scope, [
      move("a", purse, own, 45n),
      move("b", purse, own, 45n),
    ]);
    expect(outcomes.map(({ repaidMinor }) => repaidMinor)).toEqual([45n, 15n]);
    expect(await balance(scope)).toMatchObject({ available: 30n, owed: 0n });
    expect((await checkLedger(scope)).differences).toEqual([]);
  });

  it("are not paid with what is expired, nor turned into credit", async () => {
    const scope = (later100 = await withLots());
    await postTransfers(scope, [move("spend", own, spent, 40n)]);
    await claim("refund", 200n);
    expect(await balance(scope)).toMatchObject({ available: 0n, owed: -65n });
    // The returned lot is expired by then.
    await postTransfers(later(scope, 6), [
      move("undo", spent, own, 40n, { reversesCause: "spend" }),
    ]);
    expect(await balance(scope)).toMatchObject({ available: 40n, owed: -65n });
    expect(await attempt(scope, move("too much", purse, account("owed", "cus_1"), 66n))).toBe(
      "conflict",
    );
  });

  it("stand or are paid, whichever of a claim and a release comes first", async () => {
    for (const round of times(6, (index) => index)) {
      const scope = await createTestMerchant();
      await postTransfers(scope, [
        move("used", purse, own, 40n),
        move("spend", own, spent, 40n),
        move("hold", purse, account("pending", "cus_1"), 100n),
      ]);
      const work = [
        () => recover(scope, move("refund", own, purse, 40n), "claim"),
        () => postTransfers(scope, [move("release", account("pending", "cus_1"), own, 100n)]),
      ];
      await Promise.all((round % 2 ? work : work.reverse()).map((run) => run()));
      // Either the release found the debt, or the refund found the release; nobody keeps both.
      expect(await balance(scope)).toMatchObject({ available: 60n, owed: 0n, pending: 0n });
      expect((await checkLedger(scope)).differences).toEqual([]);
    }
  });
});

describe("at the same time", () => {
  it("two who spend the same lot share it, and neither takes what is not there", async () => {
    const scope = await withLots();
    const outcomes = await Promise.all(
      times(20, (index) => attempt(scope, move(`spend ${index}`, own, spent, 30n))),
    );
    expect(outcomes.filter((outcome) => Array.isArray(outcome))).toHaveLength(5);
    expect(await left(scope)).toEqual([25n]);
    expect((await checkLedger(scope)).differences).toEqual([]);
  });

  it("a lot is spent or expires, and no point does both", async () => {
    const scope = await withLots();
    const then = later(scope, 6);
    const [lot] = await lotsOf(scope, "cus_1", POINTS);
    // Some still spend by the clock of before.
    const outcomes = await Promise.all([
      ...times(10, (index) => attempt(scope, move(`spend ${index}`, own, spent, 10n))),
      ...times(3, () => expireLot(then, { lotId: lot!.id, to: purse })),
    ]);
    const used = BigInt(outcomes.filter((outcome) => Array.isArray(outcome)).length) * 10n;
    const expired = outcomes.reduce<bigint>(
      (sum, outcome) => sum + (typeof outcome === "bigint" ? outcome : 0n),
      0n,
    );
    expect(await balance(scope)).toMatchObject({ available: 175n - used - expired });
    expect((await checkLedger(scope)).differences).toEqual([]);
  });
});

describe.each(["goodword_app", "the owner"] as const)("straight at the tables, as %s", (who) => {
  /** Until the commit, where what was put off is checked; nothing is kept. */
  async function attack(scope: Scope, sql: string, values: unknown[] = []): Promise<void> {
    const pooled = who === "the owner" ? null : await poolFor("goodword_app").connect();
    const client = pooled ?? owner;
    try {
      await client.query("BEGIN");
      await client.query("SELECT set_config('app.merchant_id', $1, true)", [scope.merchantId]);
      await client.query(sql, values);
      await client.query("SET CONSTRAINTS ALL IMMEDIATE");
    } finally {
      await client.query("ROLLBACK");
      pooled?.release();
    }
  }

  it("no lot changes, appears, goes or moves without its transfer", async () => {
    const scope = await withLots();
    const [transfer] = await inScope(scope, ({ db, merchantId }) =>
      db.ledgerTransfer.findMany({ where: { merchantId, causeKey: "never" } }),
    );
    const [lot] = await lotsOf(scope, "cus_1", POINTS);
    const ids = [scope.merchantId, lot!.id];
    const refused = (sql: string, values: unknown[], why: RegExp) =>
      expect(attack(scope, sql, values)).rejects.toThrow(why);
    const where = "WHERE merchant_id = $1 AND id = $2";
    await refused(
      `UPDATE ledger_lot SET remaining_minor = 1 ${where}`,
      ids,
      /only a transfer moves a lot/,
    );
    await refused(
      `UPDATE ledger_lot SET expires_at = NULL ${where}`,
      ids,
      /a lot stays what it is/,
    );
    await refused(`DELETE FROM ledger_lot ${where}`, ids, /stays in the (books)|foreign key/);
    await refused("TRUNCATE ledger_lot CASCADE", [], /append-only|permission denied/);
    await refused("UPDATE lot_move SET amount_minor = 1", [], /append-only|permission denied/);
    const insertLot = `INSERT INTO ledger_lot (merchant_id, id, account_id, asset, transfer_id,
      amount_minor, remaining_minor, opened_at)
      VALUES ($1, 'lot_forged', $2, 'PTS/0', $3, 5, $4, now())`;
    await refused(
      insertLot,
      [scope.merchantId, "available:cus_1:PTS/0", transfer!.id, 4],
      /opens whole/,
    );
    await refused(
      insertLot,
      [scope.merchantId, "available:cus_1:PTS/0", transfer!.id, 5],
      /holds 175 but its lots 180/,
    );
    await refused(
      insertLot,
      [scope.merchantId, "available:cus_2:PTS/0", transfer!.id, 5],
      /lies where its transfer went|foreign key/,
    );
    await refused(
      `INSERT INTO lot_move (merchant_id, transfer_id, lot_id, amount_minor)
        VALUES ($1, $3, $2, -5)`,
      [...ids, transfer!.id],
      /takes lots of the account/,
    );
    await refused(
      `INSERT INTO ledger_transfer (merchant_id, id, asset, debit_account_id, credit_account_id,
        amount_minor, cause_key, memo,
      occurred_at, recorded_at)
        VALUES ($1, 'tra_forged', 'PTS/0', 'available:cus_1:PTS/0', 'funding:prg_1:PTS/0', 5,
          'forged', '', now(), now())`,
      [scope.merchantId],
      /holds 170 but its lots 175/,
    );
    // What a reminder writes is not part of the ledger.
    await attack(scope, `UPDATE ledger_lot SET reminded_at = now() ${where}`, ids);
  });
});

it("balances from before there were lots get them as first in, first out would", async () => {
  const scope = await withLots();
  await postTransfers(scope, [move("spend", own, spent, 60n)]);
  const migration = readFileSync(
    path.resolve("prisma/migrations/20261122000100_ledger_lots/migration.sql"),
    "utf8",
  );
  const backfill = /INSERT INTO ledger_lot[\s\S]*?;/
    .exec(migration)![0]
    .replace("a.kind = 'available'", `a.merchant_id = '${scope.merchantId}'\n AND $&`);
  await owner.query("BEGIN");
  await owner.query("SET LOCAL session_replication_role = replica");
  for (const table of ["lot_move", "ledger_lot"])
    await owner.query(`DELETE FROM ${table} WHERE merchant_id = $1`, [scope.merchantId]);
  await owner.query(backfill);
  await owner.query("COMMIT");
  // 25 that never expire came first, and are gone; then 35 of the 100.
  expect(await left(scope)).toEqual([65n, 50n]);
  expect((await checkLedger(scope)).differences).toEqual([]);
});

it("the nightly check finds lots that someone bent with the triggers off", async () => {
  const scope = await withLots();
  await owner.query("BEGIN");
  await owner.query("SET LOCAL session_replication_role = replica");
  await owner.query(
    "UPDATE ledger_lot SET remaining_minor = 10 WHERE merchant_id = $1 AND amount_minor = 25",
    [scope.merchantId],
  );
  await owner.query("COMMIT");
  expect((await checkLedger(scope)).differences).toEqual([
    { what: "lots", accountId: "available:cus_1:PTS/0", asset: POINTS, balance: "175", sum: "160" },
    {
      what: "moves",
      accountId: "available:cus_1:PTS/0",
      asset: POINTS,
      balance: "160",
      sum: "175",
    },
  ]);
});
