"use client";

import { Bar, BarChart as Recharts, Rectangle, ResponsiveContainer, Tooltip } from "recharts";
import { axes } from "./axes";
import type { DrawingProps } from "./chart-frame";
import { ChartTooltip } from "./chart-tooltip";
import { seriesColor } from "./table";

/** The bars themselves. */
export function BarDrawing({ label, table, locale }: DrawingProps) {
  const points = table.rows.map((row, index) => ({
    index,
    partial: row.partial ?? false,
    ...row.values,
  }));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <Recharts
        data={points}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
        barGap={2}
        title={label}
      >
        {axes(table, locale, 20)}
        <Tooltip
          content={<ChartTooltip table={table} locale={locale} />}
          cursor={{ fill: "var(--sunken)" }}
          isAnimationActive={false}
        />
        {table.series.map((series, index) => (
          <Bar
            key={series.key}
            dataKey={series.key}
            fill={seriesColor(series, index)}
            maxBarSize={40}
            isAnimationActive={false}
            shape={(bar) => (
              <Rectangle
                {...bar}
                radius={[3, 3, 0, 0]}
                fillOpacity={points[bar.index ?? -1]?.partial ? 0.45 : 1}
              />
            )}
          />
        ))}
      </Recharts>
    </ResponsiveContainer>
  );
}
