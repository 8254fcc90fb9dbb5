import { CartesianGrid, XAxis, YAxis } from "recharts";
import { type ChartTable, valueText } from "./table";

const TICK = { fontSize: 12, fill: "var(--ink-muted)" };

/** The grid and axes of every chart, to be placed among the children of a recharts chart. */
export function axes(table: ChartTable, locale: string, minTickGap: number) {
  return (
    <>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="index"
        tickFormatter={(index: number) => table.rows[index]?.label ?? ""}
        tick={TICK}
        tickLine={false}
        axisLine={{ stroke: "var(--line)" }}
        tickMargin={10}
        minTickGap={minTickGap}
        interval="preserveStartEnd"
      />
      <YAxis
        tickFormatter={(value: number) => valueText(value, table.unit, locale, true)}
        tick={TICK}
        tickLine={false}
        axisLine={false}
        tickCount={5}
        width="auto"
        allowDecimals={table.unit.kind !== "count"}
      />
    </>
  );
}
