"use client";

import { Link } from "@/components/ui/controls/link";
import { usePathname } from "next/navigation";
import { cx } from "@/components/ui/cx";

type DocsNavProps = { sections: { title: string; links: { title: string; href: string }[] }[] };

/** The contents of the documentation; the page that is open is marked. */
export function DocsNav({ sections }: DocsNavProps) {
  const here = usePathname();
  return (
    <nav aria-label="Documentation" className="flex flex-col gap-5 text-sm">
      {sections.map(({ title, links }) => (
        <div key={title}>
          <p className="mb-1.5 text-xs font-medium text-ink-muted">{title}</p>
          <ul className="flex flex-col">
            {links.map(({ title, href }) => (
              <li key={href}>
                <Link
                  href={href}
                  prefetch={false}
                  aria-current={here === href ? "page" : undefined}
                  className={cx(
                    "inline-block py-1 hover:text-ink hover:underline",
                    here === href ? "font-medium text-ink" : "text-ink-muted",
                  )}
                >
                  {title}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
