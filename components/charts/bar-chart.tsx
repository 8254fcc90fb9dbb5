"use client";

import { lazy } from "react";
import { ChartFrame } from "./chart-frame";
import type { ChartProps } from "./line-chart";

const BarDrawing = lazy(async () => ({ default: (await import("./bar-drawing")).BarDrawing }));

/** Amounts per bucket, side by side; an incomplete period is lighter. */
export function BarChart({ label, table, locale = "en", height = 260, empty }: ChartProps) {
  return (
    <ChartFrame
      label={label}
      table={table}
      locale={locale}
      height={height}
      empty={empty}
      partialLabel="Lighter: incomplete period"
    >
      <BarDrawing label={label} table={table} locale={locale} />
    </ChartFrame>
  );
}
