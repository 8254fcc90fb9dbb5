import type { ChartRow, ChartTable, Unit as ChartUnit } from "../charts/table";
import type { Asset } from "@/lib/core/money";
import type { Measurement } from "@/lib/reports";
import { isCut } from "@/lib/reports/days";
import { asNumber, type SeriesPoint, type Unit } from "@/lib/reports/metric";
import { displayUnit, figureText } from "./words";

const DIMENSION = { day: "Day", week: "Week of", month: "Month" } as const;

/** A metric's course as a chart draws it, beside the one it is compared with, bucket by bucket. */
export function seriesTable(
  { definition, series }: Measurement,
  asset: Asset,
  comparedLabel: string,
): ChartTable | null {
  if (!series) return null;
  const unit = displayUnit(definition);
  const compared = series.comparison;
  const rows = series.points.map((point, index): ChartRow => {
    const before = compared?.[index];
    return {
      label: bucketLabel(point, series.unit),
      values: {
        now: plotted(point),
        ...(point.interval &&
          definition.unit === "share" && {
            low: asNumber(point.interval.low),
            high: asNumber(point.interval.high),
          }),
        ...(before && { before: plotted(before) }),
      },
      texts: { ...exact("now", point, unit), ...(before && exact("before", before, unit)) },
      partial: point.filling || isCut(point, series.unit),
    };
  });
  return {
    dimension: DIMENSION[series.unit],
    unit: chartUnit(unit, asset),
    rows,
    series: [
      {
        key: "now",
        label: definition.title,
        role: "current",
        ...(definition.unit === "share" && { interval: { low: "low", high: "high" } }),
      },
      ...(compared ? [{ key: "before", label: comparedLabel, role: "comparison" as const }] : []),
    ],
  };
}

function plotted({ value }: SeriesPoint): number | null {
  return value === null ? null : asNumber(value);
}

function exact(key: string, point: SeriesPoint, unit: Unit): Record<string, string> {
  const text = figureText(point.value, unit);
  return text === null ? {} : { [key]: text };
}

function bucketLabel(point: SeriesPoint, unit: "day" | "week" | "month"): string {
  const look: Intl.DateTimeFormatOptions =
    unit === "month" ? { month: "short", year: "numeric" } : { month: "short", day: "numeric" };
  return new Intl.DateTimeFormat("en", { ...look, timeZone: "UTC" }).format(
    new Date(`${point.from}T00:00:00Z`),
  );
}

function chartUnit(unit: Unit, asset: Asset): ChartUnit {
  if (unit === "share") return { kind: "percent" };
  if (unit === "money") return { kind: "money", asset };
  return unit === "count" ? { kind: "count" } : { kind: "ratio" };
}
