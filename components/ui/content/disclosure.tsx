import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

type DisclosureProps = {
  summary: ReactNode;
  children: ReactNode;
  open?: boolean;
  className?: string;
};

/**
 * More for those who ask. The browser's own details element: works without script, found by page
 * search.
 */
export function Disclosure({ summary, children, open, className }: DisclosureProps) {
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
      <div className="pt-3 pl-5.5 text-ink-muted">{children}</div>
    </details>
  );
}
