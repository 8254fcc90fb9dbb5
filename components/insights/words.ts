import { rangeText, type DateRange } from "@/components/ui/controls/date-range";
import { moneyText, numberText, percentText } from "../ui/format";
import type { Delta } from "@/components/ui/content/stat";
import { assetScale } from "@/lib/core/money";
import type { Measurement } from "@/lib/reports";
import {
  type Beside,
  type Change,
  type Figure,
  type Metric,
  type Reading,
  REASONS,
  type Unit,
} from "@/lib/reports/metric";

/** How figures of the reports are written on pages. */

export function figureText(figure: Figure | null, unit: Unit): string | null {
  if (figure === null) return null;
  if (typeof figure !== "number") return moneyText(figure, "en");
  if (unit === "share") return percentText(figure);
  if (unit === "days")
    return `${numberText(Math.round(figure * 10) / 10)} ${figure === 1 ? "day" : "days"}`;
  // A K of 0.094 must not become 0.09.
  if (unit === "ratio" && Math.abs(figure) < 1)
    return new Intl.NumberFormat("en", { maximumSignificantDigits: 3 }).format(figure);
  return numberText(figure);
}

export function unknownText({ unknown }: Reading): string | undefined {
  return unknown ? REASONS[unknown] : undefined;
}

/** "12 of 48", or for an amount its sum and count. */
export function countsText({ numerator, denominator, unit }: Reading): string | null {
  if (numerator === null || denominator === null) return null;
  const [top, bottom] = [figureText(numerator, "count"), figureText(denominator, "count")];
  return unit === "share" ? `${top} of ${bottom}` : `${top} ÷ ${bottom}`;
}

export function intervalText({ interval, ...reading }: Reading & { name?: string }): string | null {
  const unit = displayUnit({ name: "", ...reading });
  return interval && `${figureText(interval.low, unit)} to ${figureText(interval.high, unit)}`;
}

/**
 * How a number changed, in points for shares and in percent for the rest, and whether that is
 * welcome.
 */
export function changeDelta(
  { change, definition, comparison }: Measurement,
  against?: string,
): Delta | null {
  if (!change || !comparison) return null;
  const text = changeText(change, comparison, change.value);
  const flat = Math.abs(change.value) < 0.0005;
  const beyondChance =
    change.interval !== null && (change.interval.low > 0 || change.interval.high < 0);
  const welcome =
    definition.better === null || flat || !beyondChance
      ? "neutral"
      : change.value > 0 === (definition.better === "higher")
        ? "good"
        : "bad";
  return {
    text,
    direction: flat ? "flat" : change.value > 0 ? "up" : "down",
    tone: welcome,
    ...(against && { against }),
  };
}

export function changeIntervalText(change: Change, before: Metric): string | null {
  const { interval } = change;
  return (
    interval &&
    `${changeText(change, before, interval.low)} to ${changeText(change, before, interval.high)}`
  );
}

/** @param before what it changed from: a difference of amounts is an amount of its currency */
function changeText({ kind }: Change, before: Metric, value: number): string {
  const sign = value > 0 ? "+" : value < 0 ? "−" : "";
  const size = Math.abs(value);
  if (kind === "relative") return `${sign}${percentText(size)}`;
  if (displayUnit(before) === "share")
    return `${sign}${numberText(Math.round(size * 1_000) / 10)} points`;
  if (before.value === null || typeof before.value === "number")
    return `${sign}${numberText(size)}`;
  const { asset } = before.value;
  return (
    sign + moneyText({ minor: BigInt(Math.round(size * 10 ** assetScale(asset))), asset }, "en")
  );
}

/** A return is a ratio that people read in percent. */
export function displayUnit({ name, unit }: { name: string; unit: Unit }): Unit {
  return name === "roi" ? "share" : unit;
}

export const AGAINST = { previous: "vs. previous period", year: "vs. previous year" } as const;

export function daysText(days: DateRange): string {
  return rangeText(days, "en");
}

/** The days that a range is compared with; a running one, as far as it has come. */
export function comparedDaysText({ days, until }: Pick<Metric, "days" | "until">): string {
  return until === null ? daysText(days) : `${daysText(days)}, up to the same time of day`;
}

export function besideNamed(reading: { beside: Beside[] }, key: string): Beside | undefined {
  return reading.beside.find((beside) => beside.key === key);
}
