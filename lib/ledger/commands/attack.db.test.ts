import { Client, type QueryResult } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { poolFor } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { type AccountRef, accountId } from "../rules/accounts";
import { checkLedger } from "./check-ledger";
import { postTransfers } from "./post-transfers";
import { balancesOf, latestCheck } from "../queries/balances";

/**
 * Straight at the database, past all our code: once as the application's role, once as the owner of
 * it all.
 */
type Sql = (text: string, values?: unknown[]) => Promise<QueryResult>;

const purse: AccountRef = { kind: "funding", ownerId: "prg_1", asset: "USD/2" };
const held: AccountRef = { kind: "available", ownerId: "cus_1", asset: "USD/2" };
const points: AccountRef = { ...held, asset: "PTS/0" };
const grant = {
  causeKey: "grant",
  from: purse,
  to: held,
  amount: { minor: 500n, asset: purse.asset },
  memo: "Granted",
  occurredAt: new Date(0),
};
let mine: Scope;
let theirs: Scope;
let owner: Client;

beforeAll(async () => {
  [mine, theirs] = [await createTestMerchant(), await createTestMerchant()];
  for (const scope of [mine, theirs]) {
    await postTransfers(scope, [
      grant,
      {
        ...grant,
        causeKey: "points",
        from: { ...purse, asset: "PTS/0" },
        to: points,
        amount: { minor: 9n, asset: "PTS/0" },
      },
    ]);
  }
  owner = new Client({ connectionString: process.env.DATABASE_URL });
  await owner.connect();
});

afterAll(() => owner.end());

/** Runs statements as the application's role for a merchant (or for none), and rolls back. */
async function asApp<T>(merchantId: string | null, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await poolFor("goodword_app").connect();
  try {
    await client.query("BEGIN");
    if (merchantId !== null)
      await client.query("SELECT set_config('app.merchant_id', $1, true)", [merchantId]);
    return await work((text, values) => client.query(text, values));
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

async function asOwner<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
  await owner.query("BEGIN");
  try {
    return await work((text, values) => owner.query(text, values));
  } finally {
    await owner.query("ROLLBACK");
  }
}

type Forged = {
  merchant?: string;
  id?: string;
  asset?: string;
  debit?: string;
  credit?: string;
  amount?: number;
  cause?: string;
  reverses?: string | null;
};

const insertTransfer = (sql: Sql, forged: Forged) =>
  sql(
    `INSERT INTO ledger_transfer (merchant_id, id, asset, debit_account_id, credit_account_id,
      amount_minor, cause_key,
     reverses_id, memo, occurred_at, recorded_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'forged', now(), now())`,
    [
      forged.merchant ?? mine.merchantId,
      forged.id ?? "tra_forged",
      forged.asset ?? "USD/2",
      forged.debit ?? accountId(purse),
      forged.credit ?? accountId(held),
      forged.amount ?? 1,
      forged.cause ?? "forged",
      forged.reverses ?? null,
    ],
  );

type ForgedAccount = { merchant?: string; id?: string; kind?: string };

const insertAccount = (sql: Sql, account: ForgedAccount, balance = 0, over = false) =>
  sql(
    `INSERT INTO ledger_account (merchant_id, id, asset, kind, owner_id, balance_minor,
      may_overdraw, created_at)
     VALUES ($1, $2, 'USD/2', $3, 'cus_9', $4, $5, now())`,
    [
      account.merchant ?? mine.merchantId,
      account.id ?? `${account.kind ?? "available"}:cus_9:USD/2`,
      account.kind ?? "available",
      balance,
      over,
    ],
  );

describe.each(["application", "owner"] as const)("as the %s", (who) => {
  const attack = <T>(work: (sql: Sql) => Promise<T>) =>
    who === "owner" ? asOwner(work) : asApp(mine.merchantId, work);
  const refused = (work: (sql: Sql) => Promise<unknown>, why: RegExp) =>
    expect(attack(work)).rejects.toThrow(why);

  it("no transfer is changed or removed", async () => {
    const why = /append-only|permission denied/;
    await refused((sql) => sql("UPDATE ledger_transfer SET amount_minor = 1"), why);
    await refused((sql) => sql("UPDATE ledger_transfer SET memo = 'nothing to see'"), why);
    await refused((sql) => sql("DELETE FROM ledger_transfer"), why);
    await refused((sql) => sql("TRUNCATE ledger_transfer CASCADE"), why);
  });

  it("no balance is written, and no account becomes another", async () => {
    const change = (what: string) => (sql: Sql) =>
      sql(`UPDATE ledger_account SET ${what} WHERE kind = 'available'`);
    await refused(change("balance_minor = balance_minor + 1"), /only a transfer moves a balance/);
    await refused(change("owner_id = 'cus_2'"), /stays what it is/);
    await refused(change("asset = 'EUR/2'"), /stays what it is/);
    await refused(change("may_overdraw = true"), /only_sources_overdraw/);
    await refused((sql) => sql("DELETE FROM ledger_account"), /foreign key/);
  });

  it("an account opens empty, under its own name, and only funding may overdraw", async () => {
    await refused((sql) => insertAccount(sql, {}, 100), /opens empty/);
    await refused((sql) => insertAccount(sql, {}, 0, true), /only_sources_overdraw/);
    await refused((sql) => insertAccount(sql, { id: "mine" }), /named_by_what_it_is/);
    await refused((sql) => insertAccount(sql, { kind: "treasure" }), /known_kind/);
  });

  it("no transfer mixes assets, goes nowhere, goes backwards or overdraws", async () => {
    await refused(
      (sql) => insertTransfer(sql, { credit: accountId(points) }),
      /two accounts of that asset/,
    );
    await refused((sql) => insertTransfer(sql, { asset: "PTS/0" }), /two accounts of that asset/);
    await refused((sql) => insertTransfer(sql, { credit: accountId(purse) }), /moves_elsewhere/);
    await refused((sql) => insertTransfer(sql, { amount: -5 }), /never_backwards/);
    await refused((sql) => insertTransfer(sql, { credit: "available:cus_9:USD/2" }), /foreign key/);
    await refused(
      (sql) =>
        insertTransfer(sql, { debit: accountId(held), credit: accountId(purse), amount: 501 }),
      /nothing_overdrawn/,
    );
    await refused((sql) => insertTransfer(sql, { cause: "grant" }), /unique/);
  });

  it("no reversal is forged, and none comes twice", async () => {
    const back = { debit: accountId(held), credit: accountId(purse), amount: 500 };
    const attempt = (forged: Forged, then?: Forged) => async (sql: Sql) => {
      const {
        rows: [row],
      } = await sql(
        "SELECT id FROM ledger_transfer WHERE merchant_id = $1 AND cause_key = 'grant'",
        [mine.merchantId],
      );
      await insertTransfer(sql, { reverses: row.id, ...forged });
      if (then)
        await insertTransfer(sql, {
          reverses: row.id,
          id: "tra_forged_2",
          cause: "forged 2",
          ...then,
        });
    };
    await refused(attempt({ ...back, amount: 499 }), /mirrors/);
    await refused(attempt({ amount: 500 }), /mirrors/);
    const inPoints = {
      debit: accountId(points),
      credit: "funding:prg_1:PTS/0",
      asset: "PTS/0",
      amount: 9,
    };
    await refused(attempt(inPoints), /mirrors/);
    await refused(
      attempt(back, { ...back, amount: 500, id: "tra_forged_3" }),
      /unique|nothing_overdrawn/,
    );
    await refused(attempt(back, { amount: 500, reverses: "tra_forged" }), /mirrors/);
    await refused(attempt({ ...back, reverses: "tra_of_nobody" }), /mirrors|foreign key/);
  });
});

describe("between merchants", () => {
  const everything = (sql: Sql, table: string) => sql(`SELECT merchant_id FROM ${table}`);

  it("without a merchant nothing is visible and nothing goes in", async () => {
    for (const table of ["ledger_account", "ledger_transfer", "ledger_check"]) {
      expect((await asApp(null, (sql) => everything(sql, table))).rowCount, table).toBe(0);
    }
    await expect(asApp(null, (sql) => insertAccount(sql, {}))).rejects.toThrow(
      /row-level security/,
    );
    await expect(asApp(null, (sql) => insertTransfer(sql, {}))).rejects.toThrow(
      /row-level security|two accounts/,
    );
  });

  it("only one's own rows are visible, changed or added", async () => {
    for (const table of ["ledger_account", "ledger_transfer"]) {
      const { rows } = await asApp(mine.merchantId, (sql) => everything(sql, table));
      expect(new Set(rows.map((row) => row.merchant_id)), table).toEqual(
        new Set([mine.merchantId]),
      );
    }
    const merchant = theirs.merchantId;
    await expect(asApp(mine.merchantId, (sql) => insertAccount(sql, { merchant }))).rejects.toThrow(
      /row-level/,
    );
    await expect(
      asApp(mine.merchantId, (sql) => insertTransfer(sql, { merchant })),
    ).rejects.toThrow(/row-level|two/);
    const { rowCount } = await asApp(mine.merchantId, (sql) =>
      sql("UPDATE ledger_account SET created_at = now() WHERE merchant_id = $1", [merchant]),
    );
    expect(rowCount).toBe(0);
  });

  it("the same names are different accounts", async () => {
    await postTransfers(mine, [{ ...grant, causeKey: "mine only" }]);
    expect(await balancesOf(mine, "cus_1")).toMatchObject([
      { available: 9n },
      { available: 1000n },
    ]);
    expect(await balancesOf(theirs, "cus_1")).toMatchObject([
      { available: 9n },
      { available: 500n },
    ]);
  });
});

describe("checkLedger", () => {
  it("finds a balance that someone bent with the triggers off", async () => {
    const scope = await createTestMerchant();
    await postTransfers(scope, [grant]);
    await owner.query("BEGIN");
    await owner.query("SET LOCAL session_replication_role = replica");
    await owner.query(
      "UPDATE ledger_account SET balance_minor = 600 WHERE merchant_id = $1 AND kind = 'available'",
      [scope.merchantId],
    );
    await owner.query("COMMIT");
    const { differences } = await checkLedger(scope);
    expect(differences).toEqual([
      { what: "lots", accountId: accountId(held), asset: "USD/2", balance: "600", sum: "500" },
      { what: "transfers", accountId: accountId(held), asset: "USD/2", balance: "600", sum: "500" },
      { what: "asset", accountId: null, asset: "USD/2", balance: "100", sum: "0" },
    ]);
    expect((await latestCheck(scope))?.differences).toEqual(differences);
    expect((await checkLedger(mine)).differences).toEqual([]);
  });
});
