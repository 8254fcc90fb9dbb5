import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { CatalogueIcon } from "./item-icon";

export type CatalogueCardProps = {
  icon: string;
  color: string;
  name: string;
  about: string;
  /** "500 points" */
  price: string;
  /** A line on what stands in the way, or how few are left. */
  note?: ReactNode;
  /** Out of reach for now: told in the note, and quieter. */
  quiet?: boolean;
  /** The button. */
  action?: ReactNode;
};

/** One item as its buyer sees it: picture, name, what it is, the price and the button. */
export function CatalogueCard({
  icon,
  color,
  name,
  about,
  price,
  note,
  quiet,
  action,
}: CatalogueCardProps) {
  return (
    <div
      className={cx(
        "grid h-full grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-0.5",
        "rounded-card border border-line bg-surface p-3",
        "sm:grid-rows-[1fr_auto] sm:items-start sm:gap-y-3 sm:p-4",
      )}
    >
      <div className="row-span-2 self-start sm:row-span-1">
        <CatalogueIcon icon={icon} color={color} muted={quiet} />
      </div>
      <div className="col-start-2 min-w-0 sm:col-span-2 sm:pt-0.5">
        <h3
          className={cx(
            "text-[0.9375rem]/6 font-semibold tracking-tight [overflow-wrap:anywhere]",
            quiet && "text-ink-muted",
          )}
        >
          {name}
        </h3>
        {about ? (
          <p className="text-[0.8125rem]/5 text-ink-muted [overflow-wrap:anywhere] sm:mt-0.5">
            {about}
          </p>
        ) : null}
      </div>
      <div
        className={cx(
          "col-start-2 row-start-2 min-w-0",
          "sm:col-span-2 sm:col-start-1 sm:flex sm:min-h-10 sm:flex-col sm:justify-center",
        )}
      >
        <p className={cx("figure text-sm font-semibold", quiet && "text-ink-muted")}>{price}</p>
        {note ? (
          <p
            className={cx(
              "figure mt-0.5 flex items-center gap-1.5 text-[0.8125rem]/5 text-ink-muted",
              "[&_svg]:size-3.5 [&_svg]:shrink-0",
            )}
          >
            {note}
          </p>
        ) : null}
      </div>
      {action ? (
        <div className="col-start-3 row-span-2 row-start-1 sm:row-span-1 sm:row-start-2">
          {action}
        </div>
      ) : null}
    </div>
  );
}
