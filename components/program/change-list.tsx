import { cx } from "@/components/ui/cx";
import type { WordedChange } from "@/lib/terms/words/changes";

/** What changed between two versions, the old beside the new. */
export function ChangeList({ changes }: { changes: readonly WordedChange[] }) {
  return (
    <dl className="flex flex-col text-sm">
      {changes.map(({ label, before, after }) => (
        <div
          key={label}
          className={cx(
            "grid gap-x-6 gap-y-0.5 border-b border-line py-2.5",
            "first:pt-0 last:border-0 last:pb-0 sm:grid-cols-[minmax(0,11rem)_minmax(0,1fr)]",
          )}
        >
          <dt className="text-ink-muted [overflow-wrap:anywhere]">{label}</dt>
          <dd className="flex min-w-0 flex-col [overflow-wrap:anywhere]">
            <del className="line-clamp-3 text-ink-muted decoration-ink-muted/60">
              <span className="sr-only">Before: </span>
              {before ?? "Nothing"}
            </del>
            <ins className="line-clamp-6 font-medium no-underline">
              <span className="sr-only">Now: </span>
              {after ?? "Nothing"}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
