"use client";

import { cx } from "@/components/ui/cx";
import { cellText, seriesColor, type ChartTable } from "./table";

type ChartTooltipProps = {
  table: ChartTable;
  locale: string;
  /** Handed in by recharts: whether the pointer rests on a bucket, and which. */
  active?: boolean;
  label?: string | number;
};

/** The values of one bucket, in full. `label` is the row's index. */
export function ChartTooltip({ table, locale, active, label }: ChartTooltipProps) {
  const row = active ? table.rows[Number(label)] : undefined;
  if (!row) return null;
  return (
    <div
      className={cx(
        "min-w-36 rounded-control border bg-raised",
        "px-3 py-2 text-[0.8125rem]/5 shadow-float",
      )}
    >
      <p className="text-ink-muted">
        {row.label}
        {row.partial ? " (so far)" : ""}
      </p>
      {table.series.map((series, index) => (
        <p key={series.key} className="flex items-center justify-between gap-4">
          <span className="flex items-center gap-1.5">
            <span
              aria-hidden="true"
              style={{ background: seriesColor(series, index) }}
              className="h-0.5 w-2.5 rounded-full"
            />
            {series.label}
          </span>
          <span className="figure font-medium">
            {cellText(row, series.key, table.unit, locale)}
          </span>
        </p>
      ))}
    </div>
  );
}
