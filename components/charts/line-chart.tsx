"use client";

import { lazy, type ReactNode } from "react";
import { ChartFrame } from "./chart-frame";
import type { ChartTable } from "./table";

const LineDrawing = lazy(async () => ({ default: (await import("./line-drawing")).LineDrawing }));

export type ChartProps = {
  label: string;
  table: ChartTable;
  locale?: string;
  height?: number;
  empty?: ReactNode;
};

/**
 * Values over time: the current range, the compared one in grey, the interval as a band, an
 * incomplete period dotted.
 */
export function LineChart({ label, table, locale = "en", height = 260, empty }: ChartProps) {
  return (
    <ChartFrame label={label} table={table} locale={locale} height={height} empty={empty}>
      <LineDrawing label={label} table={table} locale={locale} />
    </ChartFrame>
  );
}
