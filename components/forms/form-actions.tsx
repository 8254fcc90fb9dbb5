import type { ReactNode } from "react";
import { cx } from "../ui/cx";

/** The last line of a form: the submit button first, then Cancel. */
export function FormActions({ children, sticky }: { children: ReactNode; sticky?: boolean }) {
  return (
    <div
      className={cx(
        "flex flex-wrap items-center gap-3",
        sticky &&
          "sticky bottom-0 z-20 -mx-4 border-t border-line bg-paper px-4 py-3 sm:mx-0 sm:px-0",
      )}
    >
      {children}
    </div>
  );
}
