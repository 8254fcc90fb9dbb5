import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/components/ui/cx";

type CardProps = ComponentProps<"div"> & {
  /** `flush` leaves the padding to the content (a table, a list). */
  flush?: boolean;
};

/** A card: a sheet of paper on the page. */
export function Card({ flush, className, ...props }: CardProps) {
  return (
    <div
      {...props}
      className={cx(
        "min-w-0 rounded-card border border-line bg-surface shadow-card",
        flush ? "overflow-hidden" : "p-5 sm:p-6",
        className,
      )}
    />
  );
}

type CardHeaderProps = {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** 3 inside a `Section`, so that headings nest as the page does. */
  level?: 2 | 3;
  className?: string;
};

/** The head of a card: title, description and actions. */
export function CardHeader({ title, description, actions, level = 2, className }: CardHeaderProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <div className={cx("flex flex-wrap items-start justify-between gap-x-4 gap-y-2", className)}>
      <div className="min-w-0">
        <Heading className="text-base font-semibold tracking-tight">{title}</Heading>
        {description ? <p className="mt-0.5 text-sm text-ink-muted">{description}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </div>
  );
}
