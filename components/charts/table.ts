import { type Asset, formatPlotted, formatTick } from "@/lib/core/money";
import { numberText, percentText } from "../ui/format";

/**
 * How a chart writes its numbers. Money is plotted in major units; exact amounts belong in `texts`.
 */
export type Unit =
  { kind: "count" } | { kind: "ratio" } | { kind: "percent" } | { kind: "money"; asset: Asset };

export type Series = {
  key: string;
  label: string;
  /** `comparison` is drawn behind, thin and grey. */
  role?: "current" | "comparison";
  /** Keys of values that hold the interval around this series. */
  interval?: { low: string; high: string };
};

export type ChartRow = {
  /** The bucket as text: "Mar 3", "Email". */
  label: string;
  /** By series key; null is unknown and never drawn as zero. */
  values: Record<string, number | null>;
  /** Exact wording for the table and the tooltip, by series key. */
  texts?: Record<string, string>;
  /** The bucket is not over yet. */
  partial?: boolean;
};

/**
 * What every chart draws and every twin table prints. Plain data: it crosses from server to
 * browser.
 */
export type ChartTable = {
  /** What the rows are: "Week", "Channel". */
  dimension: string;
  series: Series[];
  rows: ChartRow[];
  unit: Unit;
};

/** A value in its unit. Null is a dash. */
function valueText(value: number | null | undefined, unit: Unit, locale: string): string {
  if (value === null || value === undefined) return "—";
  if (unit.kind === "percent") return percentText(value, locale);
  if (unit.kind === "money") return formatPlotted(value, unit.asset, locale);
  return numberText(value, locale);
}

/** A number beside an axis, short; from a thousand on as "12.5K". */
export function tickText(value: number, unit: Unit, locale: string, digits: number): string {
  if (unit.kind === "money") return formatTick(value, unit.asset, locale, digits);
  const isLarge = unit.kind !== "percent" && Math.abs(value) >= 1_000;
  return new Intl.NumberFormat(locale, {
    ...(unit.kind === "percent" && { style: "percent" as const }),
    ...(isLarge
      ? { notation: "compact" as const, maximumFractionDigits: 2 }
      : fixed(unit.kind === "percent" ? digits - 2 : digits)),
  }).format(value);
}

function fixed(digits: number) {
  const most = Math.min(Math.max(digits, 0), 8);
  return { minimumFractionDigits: most, maximumFractionDigits: most };
}

/** A cell of the table: the exact wording if there is one, else the value in its unit. */
export function cellText(row: ChartRow, key: string, unit: Unit, locale: string): string {
  return row.texts?.[key] ?? valueText(row.values[key], unit, locale);
}

/** Whether any value is known. */
export function hasValues(table: ChartTable): boolean {
  return table.rows.some((row) =>
    table.series.some(({ key }) => typeof row.values[key] === "number"),
  );
}

/** Colours by position among the current series; comparisons are always grey. */
export function seriesColor(series: Series, index: number): string {
  if (series.role === "comparison") return "var(--line-strong)";
  return index === 0 ? "var(--accent-mark)" : `var(--series-${Math.min(index + 1, 5)})`;
}
