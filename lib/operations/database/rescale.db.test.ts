import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { data } from "currency-codes";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decimalsOf } from "@/lib/core/values/currency";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { inScope } from "@/lib/merchants/scope";
import { advocateCredit, friendCoupon, story, type Story } from "@/lib/worker/testing";
import { refuseOtherDecimals, rescaleBooks } from "./rescale";

const sqlOf = (name: string) => readFileSync(`prisma/migrations/${name}/migration.sql`, "utf8");
const SQL = sqlOf("20261130300000_books_carry_their_scale");
/**
 * What later migrations made of it: the owner is not bound by row-level security any more, and the
 * gate reads columns.
 */
const LATER = `SELECT goodword_protect_tenants();
  GRANT SELECT (currency_scale) ON merchant TO goodword_gate;
  ${sqlOf("20261202300100_rescale_leaves_owner_free")}`;

/** The database as it was before that migration; who owns it sees every row in these tests. */
const BEFORE = `
  ALTER TABLE merchant DROP COLUMN currency_scale;
  DROP TRIGGER carry_scale ON shop_order;
  ALTER TABLE shop_order DROP COLUMN currency_scale;
  DROP FUNCTION goodword_carry_scale(), goodword_rescale_shop(text, int, int),
    goodword_rescaled_json(jsonb, text, int, int), goodword_rescaled(numeric, int, int);`;

async function migrate(): Promise<void> {
  await client.query(`${BEFORE} ${SQL}`);
  await client.query(LATER);
}

/** Tables whose rows are worked out anew, with ids of their own. */
const WORKED_OUT = new Set(["season_tally", "season_change"]);

const url = () => process.env["DATABASE_URL"]!;
let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client({ connectionString: url() });
  await client.connect();
});
afterAll(() => client.end());

/** Every row of a shop, table by table. */
async function rowsOf(merchantId: string): Promise<Record<string, unknown[]>> {
  const tables = await client.query<{ name: string; key: string }>(`
    SELECT c.relname AS name, a.attname AS key FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid
      AND a.attname = CASE c.relname WHEN 'merchant' THEN 'id' ELSE 'merchant_id' END
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'`);
  const found: Record<string, unknown[]> = {};
  for (const { name, key } of tables.rows.filter((table) => !WORKED_OUT.has(table.name))) {
    const { rows } = await client.query<{ row: unknown }>(
      `SELECT to_jsonb(t) AS row FROM "${name}" t WHERE ${key} = $1
      ORDER BY to_jsonb(t)::text COLLATE "C"`,
      [merchantId],
    );
    found[name] = rows.map(({ row }) => row);
  }
  return found;
}

const rescale = (shop: Story, was: number, becomes: number) =>
  client.query("SELECT goodword_rescale_shop($1, $2, $3)", [shop.scope.merchantId, was, becomes]);

/** A shop with money in every kind of place: credit, points, a refund, tiers, a contest. */
async function busyShop(currency: string): Promise<Story> {
  const shop = await story(
    {
      rules: [
        advocateCredit({ calculator: { kind: "share_of_order", shareBp: 1_000, atMost: "400" } }),
        friendCoupon({ calculator: { kind: "fixed", amount: "50" } }),
        advocateCredit({
          id: "points",
          benefit: { kind: "points" },
          calculator: { kind: "share_of_order", shareBp: 500, atMost: null },
        }),
      ],
      budget: { cost: "100000", rewards: null },
    },
    currency,
  );
  const { merchantId } = shop.scope;
  await inScope(shop.scope, async ({ db }) => {
    const now = new Date();
    // A point costs a whole unit, so that every amount can be told without decimals.
    const pointCostMilli = 1_000 * 10 ** decimalsOf(currency)!;
    await db.merchant.update({ where: { id: merchantId }, data: { pointCostMilli } });
    await db.tierPlan.create({
      data: {
        merchantId,
        metric: "revenue",
        window: "rolling",
        windowDays: 365,
        graceDays: 30,
        state: "active",
        updatedAt: now,
      },
    });
    await db.tier.create({
      data: {
        merchantId,
        id: "tier_1",
        rank: 1,
        name: "Silver",
        threshold: 1_000n * 10n ** BigInt(decimalsOf(currency)!),
        benefits: {},
        color: "#999999",
        icon: "star",
        createdAt: now,
        updatedAt: now,
      },
    });
    await db.leaderboard.updateMany({ where: { merchantId }, data: { metric: "revenue" } });
  });
  const mira = await shop.advocate("Mira");
  await shop.claim("ben", mira.code);
  await shop.claim("ana", mira.code);
  await shop.purchase("ben", "o-1", "2990");
  await shop.purchase("ana", "o-2", "1500");
  await shop.refund("o-1", { amount: "1000" });
  await shop.refund("o-2");
  await shop.settle();
  return shop;
}

const codesOf = (pattern: RegExp) =>
  [...SQL.matchAll(pattern)].map(([, codes, decimals]) => [codes!.split(" "), Number(decimals)]);

describe("books in the decimals of a runtime", () => {
  it.each([
    ["HUF", 0],
    ["IQD", 0],
    ["USD", 0],
    ["JPY", 2],
    ["KWD", 2],
  ])(
    "of %s with %i are led over by the migration, and come out as if always kept right",
    async (currency, wrong) => {
      const right = decimalsOf(currency)!;
      const shop = await busyShop(currency);
      const before = await rowsOf(shop.scope.merchantId);
      for (const table of ["reward", "ledger_transfer", "customer_tier", "season_score"])
        expect([table, before[table]!.length > 0]).toEqual([table, true]);

      // As that runtime would have kept them, and the way back.
      await rescale(shop, right, wrong);
      expect((await checkLedger(shop.scope)).differences).toEqual([]);
      const kept = await rowsOf(shop.scope.merchantId);
      const total = (rows: unknown[]) => Number((rows[0] as { total_minor: number }).total_minor);
      expect(total(kept["shop_order"]!)).toBe(total(before["shop_order"]!) * 10 ** (wrong - right));
      expect(JSON.stringify(kept)).not.toContain(`${currency}/${right}`);

      await migrate();
      const after = await rowsOf(shop.scope.merchantId);
      const checks = { ledger_check: after["ledger_check"] };
      expect(withoutUnit({ ...after, ...checks })).toEqual(withoutUnit({ ...before, ...checks }));
      expect((await checkLedger(shop.scope)).differences).toEqual([]);
      // It goes on as it began.
      await shop.purchase("ben", "o-3", "500");
      await shop.settle();
      expect((await checkLedger(shop.scope)).differences).toEqual([]);
    },
    120_000,
  );

  it("keep what they promised in points", async () => {
    const shop = await busyShop("USD");
    await migrate();
    const after = JSON.stringify(await rowsOf(shop.scope.merchantId));
    expect(after).toContain('"pointsPer":"0.01"');
    const { rows } = await client.query<{ calculator: unknown }>(
      `SELECT rule->'calculator' AS calculator
      FROM program_version, jsonb_array_elements(terms->'rules') AS rule WHERE merchant_id = $1`,
      [shop.scope.merchantId],
    );
    // Only a share in points has a unit.
    expect(rows.filter(({ calculator }) => "pointsPer" in (calculator as object)).length).toBe(1);
  });

  it("are known by an order beside what was sent for it", async () => {
    const kept = await story({}, "HUF");
    const wrong = await story({}, "HUF");
    for (const shop of [kept, wrong]) await shop.purchase("ben", "o-1", "2990.00");
    await rescale(wrong, 2, 0);
    await migrate();
    for (const { scope } of [kept, wrong]) {
      const { rows } = await client.query(
        `SELECT o.total_minor::int AS total, o.currency_scale, m.currency_scale AS books,
          t.currency_scale AS sandbox
        FROM shop_order o JOIN merchant m ON m.id = o.merchant_id
        JOIN merchant t ON t.sandbox_of_id = m.id WHERE m.id = $1`,
        [scope.merchantId],
      );
      expect(rows).toMatchObject([{ total: 299_000, currency_scale: 2, books: 2, sandbox: 2 }]);
    }
  });

  it("are refused rather than rounded, and stay as they are", async () => {
    const shop = await busyShop("HUF");
    await shop.purchase("ben", "o-9", "12.34");
    const before = await rowsOf(shop.scope.merchantId);
    await expect(rescale(shop, 2, 0)).rejects.toThrow("cannot be told in 0");
    expect(await rowsOf(shop.scope.merchantId)).toEqual(before);
  });

  it("stop a start in one line that says what to do, and the command does it", async () => {
    const shop = await busyShop("HUF");
    await expect(refuseOtherDecimals()).resolves.toBeUndefined();
    const before = await rowsOf(shop.scope.merchantId);
    await rescale(shop, 2, 0);
    const line =
      `Refused: the books of "${shop.scope.merchantSlug}" are kept in HUF with 0 decimals, ` +
      "and this version counts HUF in 2, so every amount would be read wrongly. " +
      "To convert them: npm run db:rescale";
    await expect(refuseOtherDecimals()).rejects.toThrow(line);
    const commands = "lib/operations/database/database-commands.ts";
    for (const args of [["server.ts"], ["lib/operations/worker.ts"], [commands, "migrate"]]) {
      const { code, output } = await started(args);
      expect([args.join(" "), code]).toEqual([args.join(" "), 1]);
      const lines = output
        .trim()
        .split("\n")
        .filter((said) => !said.startsWith("The database is"));
      expect(lines).toEqual([line]);
    }
    expect(await rescaleBooks(url())).toEqual([`${shop.scope.merchantSlug}: HUF/0 → HUF/2`]);
    await expect(refuseOtherDecimals()).resolves.toBeUndefined();
    expect(await rowsOf(shop.scope.merchantId)).toEqual(before);
  });
});

it("a ledger in other decimals than its books say stops a start, too", async () => {
  const shop = await busyShop("HUF");
  await rescale(shop, 2, 0);
  await client.query("UPDATE merchant SET currency_scale = 2 WHERE id = $1", [
    shop.scope.merchantId,
  ]);
  await expect(refuseOtherDecimals()).rejects.toThrow("kept in HUF with 0 decimals");
  await rescaleBooks(url());
  await expect(refuseOtherDecimals()).resolves.toBeUndefined();
});

describe("the migration", () => {
  it("has the decimals of ISO 4217 as the product keeps them", () => {
    const listed = new Map(
      codesOf(/ARRAY\('|string_to_array\(\s*'([A-Z ]+)', ' '\)\) THEN (\d)/g)
        .filter(([codes]) => (codes as string[]).length > 0)
        .flatMap(([codes, decimals]) =>
          (codes as string[]).map((code) => [code, decimals as number] as const),
        ),
    );
    expect(listed.size).toBe(26);
    for (const { code } of data)
      if (decimalsOf(code) !== null)
        expect([code, listed.get(code) ?? 2]).toEqual([code, decimalsOf(code)]);
  });

  it("knows every column that counts money", async () => {
    const { rows } = await client.query<{ place: string }>(`
      SELECT table_name || '.' || column_name AS place FROM information_schema.columns
      WHERE table_schema = 'public'
        AND (column_name LIKE '%\\_minor' OR column_name IN ('asset', 'currency_scale'))
      ORDER BY 1`);
    // A new one is led over by its name. Is it counted in points where its row is? Then it needs an
    // asset beside it, or a case of its own in goodword_rescale_shop.
    expect(rows.map(({ place }) => place)).toEqual(KNOWN.toSorted());
  });
});

/** A unit that terms of before got is the only thing that may have been added. */
function withoutUnit(rows: Record<string, unknown>): unknown {
  return JSON.parse(JSON.stringify(rows), (key, value: unknown) =>
    key === "pointsPer" ? undefined : value,
  );
}

function started(args: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx", ...args], {
      env: {
        ...process.env,
        NODE_ENV: "production",
        DATABASE_URL: url(),
        AUTH_SECRET: "only-for-tests-".repeat(3),
      },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", reject);
    child.on("exit", (code) => resolve({ code, output }));
  });
}

const KNOWN = [
  "customer.revenue_minor",
  "ledger_account.asset",
  "ledger_account.balance_minor",
  "ledger_lot.amount_minor",
  "ledger_lot.asset",
  "ledger_lot.remaining_minor",
  "ledger_transfer.amount_minor",
  "ledger_transfer.asset",
  "lot_move.amount_minor",
  "merchant.currency_scale",
  "order_line.refunded_minor",
  "order_line.total_minor",
  "payout_batch.asset",
  "payout_batch.total_minor",
  "program_budget.cost_minor",
  "refund.amount_minor",
  "replay_difference.cost_after_minor",
  "replay_difference.cost_before_minor",
  "reward.amount_minor",
  "reward.asset",
  "reward.borrowed_minor",
  "reward.claimed_minor",
  "reward.cost_minor",
  "reward.expired_minor",
  "reward.recovered_minor",
  "reward.reversed_minor",
  "reward.withheld_minor",
  "reward_step.amount_minor",
  "reward_step.cost_minor",
  "shop_order.currency_scale",
  "shop_order.refunded_minor",
  "shop_order.total_minor",
];
