"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cx } from "../cx";

type NavItem = {
  label: string;
  href: string;
  icon?: ReactNode;
  /** A number that waits for someone. */
  count?: number;
  /** Lit only on the very page, not on those below it. */
  exact?: boolean;
};

/** A group of destinations, with or without a heading. */
export type NavSection = { heading?: string; items: NavItem[] };

/** Whether `href` is where we are, or above it. */
function isCurrent(pathname: string, { href, exact }: { href: string; exact?: boolean }): boolean {
  const path = href.split("?")[0] ?? href;
  return pathname === path || (!exact && pathname.startsWith(`${path}/`));
}

/** The navigation of a dashboard, with the current page marked for screen readers too. */
export function NavList({
  sections,
  onNavigate,
}: {
  sections: NavSection[];
  onNavigate?: () => void;
}) {
  const pathname = usePathname();
  return (
    <div className="flex flex-col gap-6">
      {sections.map((section, index) => (
        <div key={section.heading ?? index}>
          {section.heading ? (
            <p className="px-2.5 pb-1.5 text-xs font-medium text-ink-muted">{section.heading}</p>
          ) : null}
          <ul className="flex flex-col gap-0.5">
            {section.items.map((item) => {
              const current = isCurrent(pathname, item);
              return (
                <li key={item.href}>
                  <Link
                    href={item.href}
                    onClick={onNavigate}
                    aria-current={current ? "page" : undefined}
                    className={cx(
                      "flex h-9 items-center gap-2.5 rounded-control px-2.5 text-sm " +
                        "transition-colors [&_svg]:size-4 [&_svg]:shrink-0",
                      current
                        ? "bg-accent-soft font-medium text-accent-text"
                        : "text-ink-muted hover:bg-sunken hover:text-ink",
                    )}
                  >
                    {item.icon}
                    <span className="min-w-0 flex-1 truncate">{item.label}</span>
                    {item.count ? (
                      <span className="figure text-xs font-medium">{item.count}</span>
                    ) : null}
                  </Link>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </div>
  );
}
