"use client";

import {
  Bar,
  BarChart as Recharts,
  CartesianGrid,
  Rectangle,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { ChartFrame } from "./chart-frame";
import { ChartTooltip } from "./chart-tooltip";
import type { ChartProps } from "./line-chart";
import { seriesColor, valueText } from "./table";

const TICK = { fontSize: 12, fill: "var(--ink-muted)" };

/**
 * Amounts per bucket, side by side or, with `stacked`, on top of each other; still filling is
 * paler.
 */
export function BarChart(props: ChartProps & { stacked?: boolean }) {
  const { label, table, locale = "en", height = 260, empty, showTable, stacked } = props;
  const points = table.rows.map((row, index) => ({
    index,
    partial: row.partial ?? false,
    ...row.values,
  }));
  const last = table.series.length - 1;
  return (
    <ChartFrame
      label={label}
      table={table}
      locale={locale}
      height={height}
      empty={empty}
      showTable={showTable}
      partialLabel="Paler: still filling"
    >
      <ResponsiveContainer width="100%" height="100%">
        <Recharts
          data={points}
          margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
          barGap={2}
          title={label}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="index"
            tickFormatter={(index: number) => table.rows[index]?.label ?? ""}
            tick={TICK}
            tickLine={false}
            axisLine={{ stroke: "var(--line)" }}
            tickMargin={10}
            minTickGap={20}
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
          <Tooltip
            content={<ChartTooltip table={table} locale={locale} />}
            cursor={{ fill: "var(--sunken)" }}
            isAnimationActive={false}
          />
          {table.series.map((series, index) => (
            <Bar
              key={series.key}
              dataKey={series.key}
              stackId={stacked ? "all" : undefined}
              fill={seriesColor(series, index)}
              maxBarSize={40}
              isAnimationActive={false}
              shape={(bar) => (
                <Rectangle
                  {...bar}
                  radius={!stacked || index === last ? [3, 3, 0, 0] : 0}
                  fillOpacity={points[bar.index ?? -1]?.partial ? 0.45 : 1}
                />
              )}
            />
          ))}
        </Recharts>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
