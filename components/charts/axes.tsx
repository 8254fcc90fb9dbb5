import { CartesianGrid, XAxis, YAxis } from "recharts";
import { type ChartTable, tickText } from "./table";
import { scaleOf } from "./ticks";

const TICK = { fontSize: 12, fill: "var(--ink-muted)" };

/** The grid and axes of every chart, to be placed among the children of a recharts chart. */
export function axes(table: ChartTable, locale: string, minTickGap: number) {
  const { ticks, digits } = scaleOf(table);
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
        tickFormatter={(value: number) => tickText(value, table.unit, locale, digits)}
        ticks={ticks}
        domain={[ticks[0]!, ticks.at(-1)!]}
        allowDataOverflow
        tick={TICK}
        tickLine={false}
        axisLine={false}
        width="auto"
      />
    </>
  );
}
