import { Link } from "@/components/ui/controls/link";
import { cx } from "@/components/ui/cx";

export type SeasonLink = { href: string; label: string; current: boolean };

/** This season and those before it, side by side; the line scrolls where they are many. */
export function SeasonList({ label, seasons }: { label: string; seasons: readonly SeasonLink[] }) {
  return (
    <nav
      aria-label={label}
      className="-mx-4 overflow-x-auto px-4 [scrollbar-width:none] sm:mx-0 sm:px-0"
    >
      <ul className="flex min-w-max gap-2">
        {seasons.map(({ href, label, current }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={current ? "page" : undefined}
              scroll={false}
              className={cx(
                "flex min-h-11 items-center rounded-full border px-4 text-sm whitespace-nowrap",
                "transition-colors",
                current
                  ? "border-accent-mark bg-accent-soft font-medium text-ink"
                  : "border-line text-ink-muted hover:border-line-strong hover:text-ink",
              )}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
