import { formatMoney, type Asset } from "@/lib/core/money";
import { dateFormat } from "@/lib/core/zones/format";

export type DateTimeLook = "date" | "day" | "time" | "dateTime" | "full";

const LOOKS: Record<DateTimeLook, Intl.DateTimeFormatOptions> = {
  date: { year: "numeric", month: "short", day: "numeric" },
  day: { month: "short", day: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
  dateTime: { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" },
  full: { dateStyle: "full", timeStyle: "long" },
};

/** A moment as text; the zone is always named by the caller. */
export function dateTimeText(
  date: Date,
  { locale, timeZone, look }: { locale: string; timeZone: string; look: DateTimeLook },
): string {
  return dateFormat(locale, { ...LOOKS[look], timeZone }).format(date);
}

/**
 * Money as text; the minor amount may come as text from JSON. `signed` puts a plus before what
 * comes in.
 */
export function moneyText(
  value: { minor: bigint | string; asset: Asset },
  locale: string,
  signed = false,
): string {
  const minor = BigInt(value.minor);
  const text = formatMoney({ minor, asset: value.asset }, locale);
  return signed && minor > 0n ? `+${text}` : text;
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/**
 * "in 2 days", "3 hours ago", "now"; months and years by their mean length, which is close enough.
 */
export function relativeText(date: Date, now: Date, locale: string): string {
  const seconds = (date.getTime() - now.getTime()) / 1000;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const [unit, length] of STEPS) {
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  }
  return format.format(0, "second");
}

/** A share such as 0.1234 as "12.3%". */
export function percentText(share: number, locale = "en", digits = 1): string {
  return new Intl.NumberFormat(locale, {
    style: "percent",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(share);
}

/** A plain number with its thousands apart; `compact` for axes. */
export function numberText(value: number, locale = "en", compact = false): string {
  return new Intl.NumberFormat(
    locale,
    compact ? { notation: "compact", maximumFractionDigits: 1 } : { maximumFractionDigits: 2 },
  ).format(value);
}
