"use client";

import { Fragment } from "react";
import { Area, ComposedChart, Line, ResponsiveContainer, Tooltip } from "recharts";
import { axes } from "./axes";
import type { DrawingProps } from "./chart-frame";
import { ChartTooltip } from "./chart-tooltip";
import { type ChartTable, type Series, seriesColor } from "./table";

type Point = Record<string, number | [number, number] | null>;

/**
 * Rows as recharts wants them. An incomplete period moves to a key of its own, which reaches to its
 * neighbours, so that it can be drawn dotted.
 */
function pointsOf(table: ChartTable): Point[] {
  const isPartial = (index: number) => table.rows[index]?.partial === true;
  return table.rows.map((row, index) => {
    const point: Point = { index };
    const besidePartial = isPartial(index - 1) || isPartial(index + 1);
    for (const { key, interval } of table.series) {
      const value = row.values[key] ?? null;
      point[key] = row.partial ? null : value;
      point[`${key}:partial`] = row.partial || besidePartial ? value : null;
      const low = interval ? (row.values[interval.low] ?? null) : null;
      const high = interval ? (row.values[interval.high] ?? null) : null;
      point[`${key}:interval`] = low !== null && high !== null ? [low, high] : null;
    }
    return point;
  });
}

/** Whether a value stands between unknown ones, so that no line leads to it. */
function isLonely(table: ChartTable, key: string, index: number): boolean {
  const value = (at: number) => table.rows[at]?.values[key] ?? null;
  return value(index) !== null && value(index - 1) === null && value(index + 1) === null;
}

/** The lines themselves. */
export function LineDrawing({ label, table, locale }: DrawingProps) {
  const points = pointsOf(table);
  const drawn = table.series.map((series, index) => ({
    series,
    color: seriesColor(series, index),
  }));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={points} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} title={label}>
        {axes(table, locale, 28)}
        <Tooltip
          content={<ChartTooltip table={table} locale={locale} />}
          cursor={{ stroke: "var(--line-strong)", strokeWidth: 1 }}
          isAnimationActive={false}
        />
        {drawn.map(intervalBand)}
        {/* The present is drawn last, over the past. */}
        {drawn.toReversed().flatMap((one) => lines(one, table))}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

type Drawn = { series: Series; color: string };

function intervalBand({ series, color }: Drawn) {
  if (!series.interval) return null;
  return (
    <Area
      key={`${series.key}:interval`}
      dataKey={`${series.key}:interval`}
      type="linear"
      stroke="none"
      fill={color}
      fillOpacity={0.13}
      activeDot={false}
      isAnimationActive={false}
    />
  );
}

/** A line for complete periods, a dotted one for an incomplete one; a lonely value is a dot. */
function lines({ series, color }: Drawn, table: ChartTable) {
  const past = series.role === "comparison";
  const line = {
    type: "linear" as const,
    stroke: color,
    strokeWidth: past ? 1.5 : 2.25,
    isAnimationActive: false,
    dot: ({ cx, cy, index }: { cx?: number; cy?: number; index?: number }) =>
      isLonely(table, series.key, index ?? -1) ? (
        <circle key={index} cx={cx} cy={cy} r={past ? 3 : 4} fill={color} />
      ) : (
        <Fragment key={index} />
      ),
    activeDot: { r: past ? 3 : 4, fill: color, stroke: "var(--surface)", strokeWidth: 2 },
  };
  return [
    <Line
      key={series.key}
      {...line}
      dataKey={series.key}
      strokeLinecap="round"
      strokeLinejoin="round"
    />,
    <Line
      key={`${series.key}:partial`}
      {...line}
      dataKey={`${series.key}:partial`}
      strokeDasharray="2 4"
    />,
  ];
}
