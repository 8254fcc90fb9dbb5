import { ChevronRight } from "lucide-react";
import { Link } from "@/components/ui/controls/link";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

type Crumb = { label: string; href: string };

/** The path back up, for pages below a list. */
function Breadcrumbs({ crumbs }: { crumbs: Crumb[] }) {
  return (
    <nav aria-label="Breadcrumbs">
      <ol className="flex flex-wrap items-center gap-1 text-sm text-ink-muted">
        {crumbs.map((crumb, index) => (
          <li key={crumb.href} className="inline-flex items-center gap-1">
            {index > 0 ? <ChevronRight aria-hidden="true" className="size-3.5 opacity-60" /> : null}
            <Link href={crumb.href} className="rounded-sm py-0.5 hover:text-ink hover:underline">
              {crumb.label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

type PageHeaderProps = {
  title: ReactNode;
  /** Beside the title: a status pill. */
  status?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  breadcrumbs?: Crumb[];
};

/** The top of a page: breadcrumbs, title, description and actions. Holds the page's only h1. */
export function PageHeader({ title, status, description, actions, breadcrumbs }: PageHeaderProps) {
  return (
    <header className="flex flex-col gap-2 pb-6 sm:pb-8">
      {breadcrumbs?.length ? <Breadcrumbs crumbs={breadcrumbs} /> : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 max-w-2xl">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1
              className={cx(
                "text-2xl font-semibold tracking-[-0.02em]",
                "sm:text-[1.75rem] sm:leading-9",
              )}
            >
              {title}
            </h1>
            {status}
          </div>
          {description ? (
            <p className="mt-1.5 text-[0.9375rem] text-ink-muted">{description}</p>
          ) : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
    </header>
  );
}

type SectionProps = {
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
};

/** A part of a page under its own h2. */
export function Section({ title, description, children }: SectionProps) {
  return (
    <section className="flex flex-col gap-4 py-4">
      <div>
        <h2 className="text-lg font-semibold tracking-tight">{title}</h2>
        {description ? (
          <p className="mt-1 max-w-prose text-sm text-ink-muted">{description}</p>
        ) : null}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
