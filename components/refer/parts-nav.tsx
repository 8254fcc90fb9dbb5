"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/controls/link";
import { cx } from "@/components/ui/cx";

export type Part = { label: string; href: string; icon: ReactNode; exact?: boolean };

/** On a phone, in rows that are full. */
const COLUMNS: Record<number, string> = { 2: "grid-cols-2", 4: "grid-cols-2" };

/** The parts of the customer's page, all in sight; the one way between them. */
export function PartsNav({ label, parts }: { label: string; parts: readonly Part[] }) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className="mb-7">
      <ul
        className={cx(
          "grid gap-1 rounded-card bg-sunken p-1 sm:flex",
          COLUMNS[parts.length] ?? "grid-cols-3",
        )}
      >
        {parts.map(({ label: words, href, icon, exact }) => {
          const current = pathname === href || (!exact && pathname.startsWith(`${href}/`));
          return (
            <li key={href} className="min-w-0 sm:flex-auto">
              <Link
                href={href}
                aria-current={current ? "page" : undefined}
                className={cx(
                  "flex h-10 items-center justify-center gap-1.5 rounded-control px-1.5 text-sm " +
                    "whitespace-nowrap transition-colors [&_svg]:size-4 [&_svg]:shrink-0 " +
                    "max-sm:[&_svg]:hidden",
                  current
                    ? "bg-raised font-medium text-ink shadow-card"
                    : "text-ink-muted hover:text-ink",
                )}
              >
                {icon}
                <span className="truncate">{words}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
