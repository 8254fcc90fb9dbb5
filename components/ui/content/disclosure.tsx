import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

type DisclosureProps = {
  summary: ReactNode;
  children: ReactNode;
  open?: boolean;
  /** Whether what opens stands in line with what is above it, as the rest of a list does. */
  flush?: boolean;
  className?: string;
};

/**
 * More for those who ask. The browser's own details element: works without script, found by page
 * search.
 */
export function Disclosure({ summary, children, open, flush, className }: DisclosureProps) {
  return (
    <details open={open} className={cx("group text-sm", className)}>
      <summary
        className={cx(
          "inline-flex min-h-6 list-none items-center gap-1.5",
          "rounded-sm font-medium hover:underline",
        )}
      >
        <ChevronRight
          aria-hidden="true"
          className="size-4 text-ink-muted transition-transform group-open:rotate-90"
        />
        {summary}
      </summary>
      <div className={cx("pt-3", !flush && "pl-5.5 text-ink-muted")}>{children}</div>
    </details>
  );
}
