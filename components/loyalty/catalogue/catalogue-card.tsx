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

/** One item as its buyer sees it: picture, name, what it is, and the price beside the button. */
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
    <div className="flex h-full flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <div className="flex items-start gap-3">
        <CatalogueIcon icon={icon} color={color} muted={quiet} />
        <div className="min-w-0 pt-0.5">
          <h3
            className={cx(
              "text-[0.9375rem]/6 font-semibold tracking-tight [overflow-wrap:anywhere]",
              quiet && "text-ink-muted",
            )}
          >
            {name}
          </h3>
          {about ? (
            <p className="mt-0.5 text-[0.8125rem]/5 text-ink-muted [overflow-wrap:anywhere]">
              {about}
            </p>
          ) : null}
        </div>
      </div>
      <div className="mt-auto flex min-h-10 flex-wrap items-center justify-between gap-x-3 gap-y-2">
        <div className="min-w-0">
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
        {action}
      </div>
    </div>
  );
}
