import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

type EmptyProps = {
  /** What is missing: "No customers yet". */
  title: ReactNode;
  /** How to get some. */
  children?: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
  /** Without a frame, for the inside of a card. */
  bare?: boolean;
};

/** An empty state, and what to do next. */
export function Empty({ title, children, action, icon, bare }: EmptyProps) {
  return (
    <div
      className={cx(
        "flex flex-col items-center px-6 py-12 text-center",
        !bare && "rounded-card border border-dashed border-line-strong/60",
      )}
    >
      {icon ? (
        <div aria-hidden="true" className="mb-4 text-ink-muted [&_svg]:size-6 [&_svg]:stroke-[1.5]">
          {icon}
        </div>
      ) : null}
      <p className="text-base font-semibold tracking-tight">{title}</p>
      {children ? <div className="mt-1.5 max-w-md text-sm text-ink-muted">{children}</div> : null}
      {action ? <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
