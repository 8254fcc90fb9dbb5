import { beforeAll, describe, expect, it } from "vitest";
import type { Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { type Days, spanOf } from "./days";
import { funnel } from "./growth/funnel";
import { definitions, findReport, measure, rowsBehind } from "./index";
import { cohortGrid } from "./retention/cohort-grid";
import { secondPurchase } from "./retention/survival";

const sources = import.meta.glob<string>("/lib/reports/**/*.ts", {
  query: "?raw",
  import: "default",
  eager: true,
});
const NAMES = definitions().map(({ name }) => name);
const WIDE: Days = { from: "1918-01-01", to: "2026-05-31" };
const tooWide = { code: "invalid_request", status: 400, path: "from" };

let shop: Scope;
beforeAll(async () => {
  shop = await createTestMerchant();
});

describe("the work of a report is bounded before it begins", () => {
  it("has one way to the database, which wants the proof of a question within its limit", () => {
    const others = Object.entries(sources).filter(
      ([file]) => !/\.test\.ts$|\/testing\/|\/reports\/sql\.ts$/.test(file),
    );
    expect(others.length).toBeGreaterThan(50);
    for (const [file, text] of others)
      expect(text, file).not.toMatch(/\b(?:inScope|prismaFor|systemScope)\b/);
  });

  it.each(NAMES)("%s names its limit, and refuses a wider range and more ranges", async (name) => {
    const report = findReport(name)!;
    expect(report.definition.limit).toContain(report.limit.most.toLocaleString("en"));
    for (const series of [true, false])
      await expect(measure(shop, name, WIDE, { series, compare: "year" })).rejects.toMatchObject(
        tooWide,
      );
    const span = spanOf({ from: "2026-05-01", to: "2026-05-01" }, "UTC");
    const many = Array.from({ length: report.limit.most + 1 }, () => span);
    await expect(report.read(shop, many)).rejects.toMatchObject(tooWide);
    await expect(report.read(shop, [spanOf(WIDE, "UTC")])).rejects.toMatchObject(tooWide);
    await expect(rowsBehind(shop, name, WIDE, { limit: 5 })).rejects.toMatchObject(tooWide);
    await expect(
      rowsBehind(shop, name, { from: "2026-05-01", to: "2026-05-01" }, { limit: 1_000_000 }),
    ).rejects.toMatchObject({ ...tooWide, path: "limit" });
  });

  it("of cohorts by cells: no century of days, but a year, or decades of months", async () => {
    const grid = (days: Days, unit: "day" | "week" | "month") =>
      cohortGrid(shop, { days, unit, mode: "unbounded", cohorts: "recurring", who: "all" });
    await expect(grid(WIDE, "day")).rejects.toMatchObject({
      ...tooWide,
      message: expect.stringContaining("100,000 are counted"),
    });
    await expect(grid(WIDE, "week")).rejects.toMatchObject(tooWide);
    await expect(grid(WIDE, "month")).rejects.toMatchObject(tooWide);
    expect((await grid({ from: "2025-05-01", to: "2026-05-01" }, "day")).rows).toHaveLength(366);
    expect((await grid({ from: "1990-01-01", to: "2026-05-31" }, "month")).rows).toHaveLength(437);
    expect((await grid({ from: "2400-01-01", to: "2900-05-31" }, "day")).rows).toEqual([]);
  });

  it("of the funnel and of the curves of second purchases", async () => {
    await expect(funnel(shop, WIDE)).rejects.toMatchObject(tooWide);
    await expect(secondPurchase(shop, spanOf(WIDE, "UTC"))).rejects.toMatchObject(tooWide);
  });
});
