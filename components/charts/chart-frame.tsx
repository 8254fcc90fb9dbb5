import type { ReactNode } from "react";
import { Disclosure } from "@/components/ui/content/disclosure";
import { cx } from "@/components/ui/cx";
import { WhenSeen } from "./when-seen";
import { cellText, hasValues, seriesColor, type ChartRow, type ChartTable } from "./table";

/** What a drawing is made of. */
export type DrawingProps = { label: string; table: ChartTable; locale: string };

type ChartFrameProps = {
  /** What the chart shows, as a sentence for those who do not see it. */
  label: string;
  table: ChartTable;
  locale: string;
  /** Pixels, kept free from the first paint on, so that nothing jumps. */
  height: number;
  /** Shown instead of the chart without data. */
  empty?: ReactNode;
  partialLabel?: string;
  children: ReactNode;
};

/** Around every chart: its legend, the drawing in a fixed space, and the same values as a table. */
export function ChartFrame(props: ChartFrameProps) {
  const { label, table, locale, height, children } = props;
  const { empty = "No data in this range yet.", partialLabel = "Dotted: incomplete period" } =
    props;
  const drawn = hasValues(table);
  const partial = table.rows.some((row) => row.partial);
  return (
    <figure className="flex min-w-0 flex-col gap-3" aria-label={label}>
      {drawn && (table.series.length > 1 || partial) ? (
        <ul className="flex flex-wrap gap-x-5 gap-y-1 text-[0.8125rem] text-ink-muted">
          {table.series.map((series, index) => (
            <li key={series.key} className="flex items-center gap-2">
              <svg viewBox="0 0 16 4" aria-hidden="true" className="h-1 w-4">
                <line
                  x1="1"
                  x2="15"
                  y1="2"
                  y2="2"
                  stroke={seriesColor(series, index)}
                  strokeWidth={series.role === "comparison" ? 1.5 : 3}
                  strokeLinecap="round"
                />
              </svg>
              {series.label}
            </li>
          ))}
          {partial ? <li>{partialLabel}</li> : null}
        </ul>
      ) : null}
      <div style={{ height }} className="min-w-0">
        {drawn ? (
          <WhenSeen>{children}</WhenSeen>
        ) : (
          <div
            className={cx(
              "grid h-full place-items-center rounded-control",
              "bg-sunken/60 px-6 text-center",
            )}
          >
            <div className="text-sm text-ink-muted">{empty}</div>
          </div>
        )}
      </div>
      {drawn ? (
        <Disclosure summary="Show table">
          <TwinTable caption={label} table={table} locale={locale} />
        </Disclosure>
      ) : null}
    </figure>
  );
}

function TwinTable({
  caption,
  table,
  locale,
}: {
  caption: string;
  table: ChartTable;
  locale: string;
}) {
  return (
    <div
      role="region"
      aria-label={caption}
      tabIndex={0}
      className="relative -ml-5.5 max-h-80 overflow-auto"
    >
      <table className="w-full text-left text-sm text-ink">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th
              scope="col"
              className={
                "sticky top-0 border-b border-line bg-surface py-2 pr-4 text-xs font-medium " +
                "text-ink-muted"
              }
            >
              {table.dimension}
            </th>
            {table.series.map((series) => (
              <th
                key={series.key}
                scope="col"
                className={
                  "sticky top-0 border-b border-line bg-surface py-2 pl-4 text-right text-xs " +
                  "font-medium text-ink-muted"
                }
              >
                {series.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <TwinRow key={index} row={row} table={table} locale={locale} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TwinRow({ row, table, locale }: { row: ChartRow; table: ChartTable; locale: string }) {
  return (
    <tr>
      <th scope="row" className="border-b border-line py-2 pr-4 font-normal whitespace-nowrap">
        {row.label}
        {row.partial ? <span className="text-ink-muted"> (so far)</span> : null}
      </th>
      {table.series.map((series) => (
        <td
          key={series.key}
          className="figure border-b border-line py-2 pl-4 text-right whitespace-nowrap"
        >
          {cellText(row, series.key, table.unit, locale)}
          {series.interval ? (
            <span className="block text-xs text-ink-muted">
              {cellText(row, series.interval.low, table.unit, locale)} to{" "}
              {cellText(row, series.interval.high, table.unit, locale)}
            </span>
          ) : null}
        </td>
      ))}
    </tr>
  );
}
