import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

export type Definition = { term: ReactNode; value: ReactNode; hint?: ReactNode };

type DefinitionListProps = { items: Definition[]; layout?: "rows" | "stacked" | "inline" };

/**
 * Facts about one thing, name by value; `stacked` for narrow columns. `inline` sets them side by
 * side as a summary.
 */
export function DefinitionList({ items, layout = "rows" }: DefinitionListProps) {
  const rows = layout !== "inline";
  return (
    <dl className={rows ? "text-sm" : "flex flex-wrap gap-x-10 gap-y-4 text-sm"}>
      {items.map((item, index) => (
        <div
          key={index}
          className={cx(
            rows &&
              "grid gap-x-4 gap-y-0.5 border-b border-line py-3 first:pt-0 last:border-0 last:pb-0",
            layout === "rows" && "sm:grid-cols-[minmax(0,10rem)_minmax(0,1fr)]",
          )}
        >
          <dt className="text-ink-muted">{item.term}</dt>
          <dd className={cx("min-w-0 [overflow-wrap:anywhere]", !rows && "mt-0.5 font-medium")}>
            {item.value}
            {item.hint ? (
              <span className="mt-0.5 block text-[0.8125rem]/5 text-ink-muted">{item.hint}</span>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
