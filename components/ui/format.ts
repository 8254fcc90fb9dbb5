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
  return new Intl.DateTimeFormat(locale, { ...LOOKS[look], timeZone }).format(date);
}

/** Money as text without a float on the way: Intl takes the decimal string whole. Points keep their bare number. */
export function moneyText(
  value: { minor: bigint | string; asset: string },
  locale: string,
  signed = false,
): string {
  const [code = "", scaleText = "0"] = value.asset.split("/");
  const scale = Number(scaleText);
  const minor = BigInt(value.minor);
  const negative = minor < 0n;
  const digits = (negative ? -minor : minor).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const decimal = `${negative ? "-" : ""}${whole}${scale > 0 ? `.${digits.slice(-scale)}` : ""}`;
  const fraction = { minimumFractionDigits: scale, maximumFractionDigits: scale };
  const signDisplay = signed ? "exceptZero" : "auto";
  const options: Intl.NumberFormatOptions = /^[A-Z]{3}$/.test(code) && code !== "PTS"
    ? { style: "currency", currency: code, currencyDisplay: "narrowSymbol", signDisplay, ...fraction }
    : { signDisplay, ...fraction };
  return new Intl.NumberFormat(locale, options).format(decimal as Intl.StringNumericLiteral);
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "in 2 days", "3 hours ago", "now"; months and years by their mean length, as nobody counts them closer. */
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
