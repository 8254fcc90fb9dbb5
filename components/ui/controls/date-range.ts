/** Days of a calendar as `yyyy-mm-dd`; both ends belong to the range. */
export type DateRange = { from: string; to: string };

export type DatePreset = DateRange & { key: string; label: string };

function shift(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

function monthStart(day: string, months: number): string {
  const date = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
}

/**
 * The usual ranges as seen from `today`, a day in the merchant's time zone; `first` opens "All
 * time".
 */
export function datePresets(today: string, first?: string): DatePreset[] {
  const presets: DatePreset[] = [
    { key: "7d", label: "Last 7 days", from: shift(today, -6), to: today },
    { key: "30d", label: "Last 30 days", from: shift(today, -29), to: today },
    { key: "90d", label: "Last 90 days", from: shift(today, -89), to: today },
    { key: "month", label: "This month", from: monthStart(today, 0), to: today },
    {
      key: "last-month",
      label: "Last month",
      from: monthStart(today, -1),
      to: shift(monthStart(today, 0), -1),
    },
    { key: "year", label: "This year", from: `${today.slice(0, 4)}-01-01`, to: today },
    { key: "12m", label: "Last 12 months", from: monthStart(today, -11), to: today },
  ];
  if (first && first <= today)
    presets.push({ key: "all", label: "All time", from: first, to: today });
  return presets;
}

/** "1 – 31 Jan 2026" in the locale's own way. */
export function rangeText({ from, to }: DateRange, locale = "en"): string {
  const format = new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "short",
    day: "numeric",
    timeZone: "UTC",
  });
  const text = format.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`));
  // Server and browser may know different thin spaces; a plain one is the same everywhere.
  return text.replace(/[\u2009\u202f]/gu, " ");
}
