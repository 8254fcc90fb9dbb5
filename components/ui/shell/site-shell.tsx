import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { SkipLink } from "./skip-link";

type SiteShellProps = {
  brand: ReactNode;
  /** Links and buttons at the right of the head. */
  actions?: ReactNode;
  footer?: ReactNode;
  skipLabel?: string;
  /** Where the page speaks another language than the visitor asked for. */
  lang?: string;
  children: ReactNode;
};

/** Public pages: a head, a wide page, a foot. */
export function SiteShell({ brand, actions, footer, skipLabel, lang, children }: SiteShellProps) {
  return (
    <div lang={lang} className="flex min-h-dvh flex-col">
      <SkipLink label={skipLabel} />
      <header
        className={cx(
          "mx-auto flex h-16 w-full max-w-6xl items-center",
          "justify-between gap-4 px-5 sm:px-8",
        )}
      >
        {brand}
        <div className="flex items-center gap-2">{actions}</div>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-6xl flex-1 px-5 py-10 outline-none sm:px-8 sm:py-16"
      >
        {children}
      </main>
      {footer ? (
        <footer className="border-t border-line">
          <div
            className={
              "mx-auto flex w-full max-w-6xl flex-wrap items-center justify-between gap-4 px-5 " +
              "py-6 text-sm text-ink-muted sm:px-8"
            }
          >
            {footer}
          </div>
        </footer>
      ) : null}
    </div>
  );
}
