import type { ReactNode } from "react";

/** The heading of a page with a single form. */
export function AuthHeading({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="pb-7">
      <h1 className="text-2xl font-semibold tracking-[-0.02em] sm:text-[1.75rem] sm:leading-9">
        {title}
      </h1>
      {children ? <p className="mt-2 text-ink-muted">{children}</p> : null}
    </header>
  );
}
