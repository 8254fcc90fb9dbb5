import fc from "fast-check";
import { expect, it } from "vitest";
import type { ChartTable, Unit } from "./table";
import { scaleOf } from "./ticks";
import { tickText } from "./table";

const tableOf = (values: (number | null)[], unit: Unit = { kind: "ratio" }): ChartTable => ({
  dimension: "Week",
  unit,
  series: [{ key: "now", label: "Now", interval: { low: "low", high: "high" } }],
  rows: values.map((now, index) => ({ label: String(index), values: { now } })),
});

const texts = (table: ChartTable) => {
  const { ticks, digits } = scaleOf(table);
  return ticks.map((tick) => tickText(tick, table.unit, "en", digits));
};

it("writes small shares as what they are, not as 0 and 0", () => {
  expect(texts(tableOf([0.013, 0.038], { kind: "percent" }))).toEqual([
    "0%",
    "1%",
    "2%",
    "3%",
    "4%",
  ]);
  expect(texts(tableOf([0.0013, 0.0019], { kind: "percent" }))).toEqual([
    "0.00%",
    "0.05%",
    "0.10%",
    "0.15%",
    "0.20%",
  ]);
  expect(texts(tableOf([0.04, 0.07]))).toEqual(["0.00", "0.02", "0.04", "0.06", "0.08"]);
});

it("writes money short where it is large, and exactly where it is small", () => {
  const unit: Unit = { kind: "money", asset: "USD/2" };
  expect(texts(tableOf([4_200], unit))).toEqual(["$0", "$2K", "$4K", "$6K"]);
  expect(texts(tableOf([0.17], unit))).toEqual(["$0.00", "$0.05", "$0.10", "$0.15", "$0.20"]);
  expect(texts(tableOf([900], { kind: "money", asset: "JPY/0" }))).toEqual(["¥0", "¥500", "¥1K"]);
});

it("counts in whole numbers", () => {
  expect(texts(tableOf([1, 2], { kind: "count" }))).toEqual(["0", "1", "2"]);
});

it("does not let a wide interval press its line flat", () => {
  const table = tableOf([0.1, 0.12], { kind: "percent" });
  table.rows[0]!.values.high = 1;
  expect(scaleOf(table).ticks.at(-1)).toBeLessThanOrEqual(0.3);
});

it("shows every value, with lines that differ in words", () => {
  const value = fc.integer({ min: -1e15, max: 1e15 }).map((millionths) => millionths / 1e6);
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (values) => {
      const table = tableOf(values);
      const { ticks } = scaleOf(table);
      const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
      const hair = (high - low) * 1e-6;
      expect(ticks[0]).toBeLessThanOrEqual(low + hair);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(high - hair);
      expect(ticks.length).toBeLessThanOrEqual(8);
      expect(ticks.toSorted((a, b) => a - b)).toEqual(ticks);
    }),
  );
});

it("takes what is only rounding for nothing", () => {
  expect(scaleOf(tableOf([-5e-324])).ticks).toEqual([0, 1]);
  expect(scaleOf(tableOf([0, 0])).ticks).toEqual([0, 1]);
});
