import { ArrowLeft, ArrowRight } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/controls/button";

type PaginationProps = {
  /** What is shown, such as "1–50 of 6,919". */
  summary?: ReactNode;
  /** The first page; null on it. */
  newerHref?: string | null;
  /** The next page; null on the last. */
  olderHref?: string | null;
  /** Names the navigation for screen readers, such as "Pages of customers". */
  nav?: string;
  labels?: { newer: string; older: string };
};

const ENGLISH = { newer: "First page", older: "Next" };

/** Steps through a list that is read by cursor, newest first. */
export function Pagination(props: PaginationProps) {
  const { summary, newerHref, olderHref, nav = "Pages", labels = ENGLISH } = props;
  if (!summary && !newerHref && !olderHref) return null;
  return (
    <nav aria-label={nav} className="flex flex-wrap items-center justify-between gap-3 px-5 py-3">
      <p className="figure text-sm text-ink-muted">{summary}</p>
      {newerHref || olderHref ? (
        <div className="flex gap-2">
          {newerHref ? (
            <ButtonLink
              size="sm"
              href={newerHref}
              rel="prev"
              icon={<ArrowLeft aria-hidden="true" />}
            >
              {labels.newer}
            </ButtonLink>
          ) : null}
          {olderHref ? (
            <ButtonLink size="sm" href={olderHref} rel="next">
              {labels.older}
              <ArrowRight aria-hidden="true" />
            </ButtonLink>
          ) : null}
        </div>
      ) : null}
    </nav>
  );
}
