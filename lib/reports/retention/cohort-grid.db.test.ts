import { beforeAll, describe, expect, test } from "vitest";
import { referenceCase, sharedDataPresent, sharedDataText } from "@/e2e/support/data/shared-data";
import { decimal } from "@/lib/core/money";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { cohortGrid, type CohortQuestion } from "./cohort-grid";
import { measure } from "../index";
import { cohortRetention } from "../statistics/survival/retention";
import { world } from "../testing/world";

const question = (change: Partial<CohortQuestion>): CohortQuestion => ({
  days: { from: "2026-01-01", to: "2026-03-31" },
  unit: "month",
  mode: "exact",
  cohorts: "first",
  who: "all",
  ...change,
});

describe("cohorts", () => {
  test("a cohort holds first orders ever; months end at the shop's midnight", async () => {
    const it = await world({ timeZone: "Asia/Tokyo" });
    await it.customers("a", "b", "c", "adv");
    await it.join("adv", "2026-01-01T00:00:00Z");
    await it.order("a", "a0", "2025-12-31T14:59:59Z", 1);
    await it.order("a", "a1", "2026-01-05T00:00:00Z", 1);
    await it.order("b", "b1", "2025-12-31T15:00:00Z", 1);
    await it.order("b", "b2", "2026-03-31T14:59:59Z", 1);
    await it.refer("adv", "c", { joinedAt: "2026-02-01T00:00:00Z", state: "joined" });
    await it.order("c", "c1", "2026-02-02T00:00:00Z", 1);
    await it.order("c", "c2", "2026-02-03T00:00:00Z", 1);
    const active = async (change: Partial<CohortQuestion>) =>
      (await cohortGrid(it.scope, question(change))).rows.map((row) => row.active);
    expect(await active({})).toEqual([[1, 0, 1], [1, 0], [0]]);
    expect(await active({ mode: "unbounded" })).toEqual([[1, 1, 1], [1, 0], [0]]);
    expect(await active({ cohorts: "recurring" })).toEqual([[2, 0, 1], [1, 0], [1]]);
    expect(await active({ who: "referred" })).toEqual([[0, 0, 0], [1, 0], [0]]);
    expect(await active({ who: "other" })).toEqual([[1, 0, 1], [0, 0], [0]]);
    // Monday 29 December to Sunday 11 January: two ISO weeks, although the range cuts both.
    const weeks = await cohortGrid(
      it.scope,
      question({ unit: "week", days: { from: "2026-01-01", to: "2026-01-08" } }),
    );
    expect(weeks.rows.map((row) => [row.days, row.active])).toEqual([
      [{ from: "2025-12-29", to: "2026-01-04" }, [2, 1]],
      [{ from: "2026-01-05", to: "2026-01-11" }, [0]],
    ]);
  });

  test("days agree with the pure counting, for first and for recurring cohorts", async () => {
    const { input, expected } = sharedDataPresent
      ? referenceCase<
          { active_days: Record<string, number[]>; intervals: number },
          { counts: number[][] }
        >("RET-01")
      : {
          input: {
            active_days: { person1: [0, 1, 2, 5, 6], person2: [1, 2, 3, 6] },
            intervals: 11,
          },
          expected: { counts: null },
        };
    const it = await world();
    await it.customers(...Object.keys(input.active_days));
    for (const [person, days] of Object.entries(input.active_days)) {
      for (const day of days)
        await it.order(person, `${person}-${day}`, `2020-06-${10 + day}T08:00:00Z`, 1);
    }
    const days = { from: "2020-06-10", to: "2020-06-20" };
    for (const cohorts of ["first", "recurring"] as const) {
      for (const mode of ["exact", "unbounded"] as const) {
        const grid = await cohortGrid(it.scope, question({ days, unit: "day", cohorts, mode }));
        expect(grid.rows.map((row) => row.active)).toEqual(
          cohortRetention(Object.values(input.active_days), {
            buckets: 11,
            cohorts,
            mode: mode === "exact" ? "exact" : "on_or_after",
          }),
        );
        if (cohorts === "recurring" && mode === "exact" && expected.counts) {
          expect(grid.rows.map((row) => row.active)).toEqual(expected.counts);
        }
      }
    }
  });

  test("buckets to come are not shown, and the running one is marked", async () => {
    const it = await world();
    const today = new Date();
    const from = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 1, 1))
      .toISOString()
      .slice(0, 10);
    const grid = await cohortGrid(it.scope, question({ days: { from, to: "2098-12-31" } }));
    expect(grid.rows.map((row) => [row.active.length, row.fillingAt])).toEqual([
      [2, 1],
      [1, 0],
    ]);
  });
});

describe.skipIf(!sharedDataPresent)("real purchases (CDNOW)", () => {
  let scope: Scope;
  beforeAll(async () => {
    scope = await createTestMerchant();
    const rows = sharedDataText("cdnow/CDNOW_sample.txt")
      .trim()
      .split(/\r?\n/)
      .map((line, index) => {
        const [, customer, date, , dollars] = line.trim().split(/\s+/) as [
          string,
          string,
          string,
          string,
          string,
        ];
        const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
        return {
          id: `o${index}`,
          customer,
          at: `${day}T12:00:00Z`,
          minor: Number(dollars.replace(".", "")),
        };
      });
    await inScope(scope, async ({ db }) => {
      const json = JSON.stringify(rows);
      await db.$executeRaw`
        INSERT INTO customer (merchant_id, id, traits, created_at, first_seen_at, first_order_at,
          last_order_at, order_count, revenue_minor)
        SELECT ${scope.merchantId}, customer, '{}', min(at), min(at), min(at), max(at), count(*),
          sum(minor)
        FROM json_to_recordset(${json}::json) AS t(customer text, at timestamptz, minor bigint)
        GROUP BY customer`;
      await db.$executeRaw`
        INSERT INTO shop_order (merchant_id, id, customer_id, event_id, occurred_at, recorded_at,
          currency, total_minor)
        SELECT ${scope.merchantId}, id, customer, id, at, at, 'USD', minor
        FROM json_to_recordset(${json}::json) AS t(id text, customer text, at timestamptz,
          minor bigint)`;
    });
  });
  const ALL = { from: "1997-01-01", to: "1998-06-30" };

  test("6,919 orders of 2,357 customers, revenue to the cent", async () => {
    const { metric } = await measure(scope, "aov", ALL);
    expect(metric).toMatchObject({ denominator: 6_919, n: 2_357 });
    const cents = sharedDataText("cdnow/CDNOW_sample.txt")
      .trim()
      .split(/\r?\n/)
      .reduce(
        (sum, line) => sum + BigInt((line.trim().split(/\s+/)[4] ?? "").replace(".", "")),
        0n,
      );
    expect(metric.numerator).toEqual({ minor: cents, asset: "USD/2" });
    expect(decimal({ minor: cents, asset: "USD/2" })).toBe("244091.94");
  });

  test("the cohort of January 1997, month by month (RET-06)", async () => {
    const { expected } = referenceCase<unknown, Record<string, number[]>>("RET-06");
    const grid = await cohortGrid(scope, question({ days: ALL }));
    expect(grid.rows[0]!.active).toEqual(expected["1997-01"]);
    expect(grid.rows.reduce((sum, row) => sum + row.size, 0)).toBe(2_357);
    const unbounded = await cohortGrid(scope, question({ days: ALL, mode: "unbounded" }));
    expect(unbounded.rows[0]!.active[0]).toBe(781);
    expect(unbounded.rows[0]!.active.at(-1)).toBe(33);
  });

  test("repeat purchase, survival and a prediction from real customers", async () => {
    const repeat = (await measure(scope, "repeat_purchase_rate", ALL)).metric;
    expect(repeat).toMatchObject({ denominator: 2_357 });
    const { metric: again } = await measure(scope, "survival", ALL);
    expect(again.value).toBeGreaterThan(0.2);
    const { metric } = await measure(scope, "clv", ALL);
    const predicted = metric.beside.find((part) => part.key === "predicted");
    expect(predicted).toMatchObject({ unknown: null, n: 2_357 });
    // 18 months brought 103.56 of revenue a customer, 51.78 of margin; the cooling next 12 bring
    // less.
    const value = Number(decimal(predicted!.value as { minor: bigint; asset: "USD/2" }));
    expect(value).toBeGreaterThan(8);
    expect(value).toBeLessThan(40);
  });
});
