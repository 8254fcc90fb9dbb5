"use client";

import { Link } from "@/components/ui/controls/link";
import { usePathname } from "next/navigation";
import { cx } from "@/components/ui/cx";

export type Tab = { label: string; href: string; count?: number; exact?: boolean };

/** Parts of one thing, each a page with its own address. `current` overrides what the path says. */
export function Tabs({ tabs, label, current }: { tabs: Tab[]; label: string; current?: string }) {
  const pathname = usePathname();
  const chosen =
    current ??
    tabs
      .filter((tab) => pathname === tab.href || (!tab.exact && pathname.startsWith(`${tab.href}/`)))
      .toSorted((a, b) => b.href.length - a.href.length)[0]?.href;
  return (
    <nav aria-label={label} className="-mx-4 mb-6 border-b border-line px-4 sm:mx-0 sm:px-0">
      <ul className="flex flex-wrap gap-x-5">
        {tabs.map((tab) => {
          const active = tab.href === chosen;
          return (
            <li key={tab.href}>
              <Link
                href={tab.href}
                aria-current={active ? "page" : undefined}
                className={cx(
                  "-mb-px flex h-11 items-center gap-1.5 border-b-2 text-sm whitespace-nowrap " +
                    "-outline-offset-2 transition-colors",
                  active
                    ? "border-accent-mark font-medium text-ink"
                    : "border-transparent text-ink-muted hover:border-line-strong hover:text-ink",
                )}
              >
                {tab.label}
                {tab.count !== undefined ? (
                  <span className="figure text-xs text-ink-muted">{tab.count}</span>
                ) : null}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
