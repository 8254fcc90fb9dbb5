import { cx } from "@/components/ui/cx";
import type { RankingRow } from "./ranking-table";

/** The higher the rank, the taller the step; those who share a rank stand equally tall. */
const HEIGHTS: Record<number, string> = { 1: "pt-4 pb-9", 2: "pt-4 pb-6", 3: "pt-4 pb-3" };

/**
 * The top three side by side, the first in the middle where there is one before the others. The
 * list beside it says the same to those who do not see it.
 */
export function Podium({ rows, you }: { rows: readonly RankingRow[]; you: string }) {
  const [first, second, third] = rows;
  if (!first || !second || !third) return null;
  return (
    <ol aria-hidden="true" className="grid grid-cols-3 items-end gap-2 sm:gap-3">
      {[second, first, third].map(({ key, rank, name, score, own }) => (
        <li
          key={key}
          className={cx(
            "flex min-w-0 flex-col items-center gap-1 rounded-card border px-2 text-center",
            HEIGHTS[rank] ?? "pt-4 pb-3",
            own ? "border-accent-mark bg-accent-soft" : "border-line bg-sunken",
          )}
        >
          <span
            className={cx(
              "figure font-semibold tracking-tight",
              rank === 1 ? "text-4xl text-accent-text" : "text-3xl text-ink-muted",
            )}
          >
            {rank}
          </span>
          <span
            className={cx(
              "line-clamp-2 min-h-10 w-full text-sm/5 font-medium sm:min-h-0",
              "[overflow-wrap:anywhere]",
            )}
          >
            {name}
          </span>
          <span className="figure text-[0.8125rem]/5 text-ink-muted">
            {own ? `${you} · ${score}` : score}
          </span>
        </li>
      ))}
    </ol>
  );
}
