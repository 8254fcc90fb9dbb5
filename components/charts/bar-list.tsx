import Link from "next/link";
import { valueText, type Unit } from "./table";

export type BarListRow = {
  label: string;
  value: number | null;
  text?: string;
  note?: string;
  href?: string;
};

/**
 * A ranking as bars: channels, programs, advocates. Its figures are text, so it is its own table.
 */
export function BarList({
  label,
  rows,
  unit,
  locale = "en",
}: {
  label: string;
  rows: BarListRow[];
  unit: Unit;
  locale?: string;
}) {
  const top = Math.max(...rows.map((row) => row.value ?? 0), 0);
  return (
    <ul aria-label={label} className="flex flex-col gap-1.5 text-sm">
      {rows.map((row) => (
        <li
          key={row.label}
          className="relative flex min-h-9 items-center justify-between gap-4 px-3 py-1.5"
        >
          <span
            aria-hidden="true"
            style={{
              width:
                top > 0 && row.value !== null ? `${Math.max((row.value / top) * 100, 0.5)}%` : 0,
            }}
            className="absolute inset-y-0 left-0 rounded-[6px] border-l-2 border-accent-mark bg-accent-soft"
          />
          <span className="relative min-w-0 truncate">
            {row.href ? (
              <Link href={row.href} className="rounded-sm hover:underline">
                {row.label}
              </Link>
            ) : (
              row.label
            )}
          </span>
          <span className="figure relative flex shrink-0 items-baseline gap-2">
            {row.note ? <span className="text-[0.8125rem] text-ink-muted">{row.note}</span> : null}
            <span className="font-medium">{row.text ?? valueText(row.value, unit, locale)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
