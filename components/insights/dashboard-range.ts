import type { Comparison, Days } from "@/lib/reports/days";
import type { Compare } from "@/components/ui/controls/date-range-picker";

/** The days that an insights page shows, as its address says. */
export type DashboardRange = { days: Days; compare: Comparison | null };

/** The same range in the address of another page; more may be added. */
export function rangeQuery(
  { days, compare }: DashboardRange,
  more: Record<string, string> = {},
): string {
  const query = { from: days.from, to: days.to, compare: compareWord(compare), ...more };
  return `?${new URLSearchParams(query)}`;
}

export function compareWord(compare: Comparison | null): Compare {
  return compare ?? "none";
}
