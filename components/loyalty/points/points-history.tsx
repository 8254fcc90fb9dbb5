import { Link } from "@/components/ui/controls/link";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

/** One movement in the reader's words. */
export type HistoryLine = {
  id: string;
  title: string;
  about: string | null;
  when: ReactNode;
  amount: string;
  incoming: boolean;
  href: string | null;
};

/** Everything that moved, newest first; each leads to its receipt where it has one. */
export function PointsHistory({
  lines,
  receiptLabel,
}: {
  lines: readonly HistoryLine[];
  receiptLabel: string;
}) {
  return (
    <ul className="divide-y divide-line">
      {lines.map(({ id, title, about, when, amount, incoming, href }) => (
        <li
          key={id}
          className="relative flex items-baseline justify-between gap-4 py-3 first:pt-0 last:pb-0"
        >
          <div className="min-w-0">
            <p className="text-sm/6 font-medium [overflow-wrap:anywhere]">
              {href ? (
                <Link
                  href={href}
                  className="rounded-sm after:absolute after:inset-0 hover:underline"
                >
                  {title}
                  <span className="sr-only">, {receiptLabel}</span>
                </Link>
              ) : (
                title
              )}
            </p>
            <p className="text-[0.8125rem]/5 text-ink-muted">
              {about ? <>{about} · </> : null}
              {when}
            </p>
          </div>
          <p
            className={cx(
              "figure shrink-0 text-sm font-semibold",
              incoming ? "text-good" : "text-ink",
            )}
          >
            {amount}
          </p>
        </li>
      ))}
    </ul>
  );
}
