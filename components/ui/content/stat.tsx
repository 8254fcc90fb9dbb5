import { ArrowDown, ArrowRight, ArrowUp } from "lucide-react";
import { Link } from "@/components/ui/controls/link";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

export type Delta = {
  /** Formatted with its sign: `+12.4%`, `−3 pts`. */
  text: string;
  direction: "up" | "down" | "flat";
  /** Whether the change is welcome: a rising cost is not. */
  tone: "good" | "bad" | "neutral";
  /** What it is compared with: "vs. previous 30 days". */
  against?: string;
};

type StatProps = {
  label: ReactNode;
  /** Formatted. Null when unknown; then say why in `unknown`. */
  value: string | null;
  unknown?: string;
  delta?: Delta | null;
  /** One line below: the numerator and denominator, or the interval. */
  note?: ReactNode;
  /** Where the definition is. */
  href?: string;
  size?: "md" | "lg";
  /** A sparkline or a bar, under the number. */
  children?: ReactNode;
};

const ARROWS = { up: ArrowUp, down: ArrowDown, flat: ArrowRight };
const DELTA_TONES = { good: "text-good", bad: "text-bad", neutral: "text-ink-muted" };

/** One figure. An unknown one is a dash with its reason, never a zero. */
export function Stat({
  label,
  value,
  unknown,
  delta,
  note,
  href,
  size = "md",
  children,
}: StatProps) {
  const Arrow = delta ? ARROWS[delta.direction] : null;
  return (
    <div className="relative flex min-w-0 flex-col">
      <p className="text-sm text-ink-muted">
        {href ? (
          <Link
            href={href}
            className={
              "rounded-sm underline decoration-line-strong/50 decoration-dotted " +
              "underline-offset-4 hover:text-ink hover:decoration-current"
            }
          >
            {label}
          </Link>
        ) : (
          label
        )}
      </p>
      <p
        className={cx(
          "figure mt-1 font-semibold tracking-[-0.03em] [overflow-wrap:anywhere]",
          size === "lg" ? "text-4xl/11 sm:text-5xl/14" : "text-[1.75rem]/9",
          value === null && "text-ink-muted",
        )}
      >
        {value ?? (
          <>
            <span aria-hidden="true">—</span>
            <span className="sr-only">Unknown</span>
          </>
        )}
      </p>
      {value === null && unknown ? (
        <p className="mt-0.5 text-[0.8125rem]/5 text-ink-muted">{unknown}</p>
      ) : null}
      {value !== null && delta && Arrow ? (
        <p className="figure mt-0.5 flex flex-wrap items-center gap-x-1.5 text-[0.8125rem]/5">
          <span
            className={cx("inline-flex items-center gap-0.5 font-medium", DELTA_TONES[delta.tone])}
          >
            <Arrow aria-hidden="true" className="size-3.5" />
            {delta.text}
          </span>
          {delta.against ? <span className="text-ink-muted">{delta.against}</span> : null}
        </p>
      ) : null}
      {note ? <p className="figure mt-0.5 text-[0.8125rem]/5 text-ink-muted">{note}</p> : null}
      {children ? <div className="mt-3">{children}</div> : null}
    </div>
  );
}

/** Figures side by side in one card, separated by lines. */
export function StatGrid({ children, columns = 4 }: { children: ReactNode; columns?: 2 | 3 | 4 }) {
  const wide = { 2: "lg:grid-cols-2", 3: "lg:grid-cols-3", 4: "lg:grid-cols-4" }[columns];
  return (
    <div className="overflow-hidden rounded-card border border-line bg-surface shadow-card">
      <div
        className={cx(
          "-mr-px -mb-px grid grid-cols-1 min-[420px]:grid-cols-2 [&>*]:border-r [&>*]:border-b " +
            "[&>*]:border-line [&>*]:p-5",
          wide,
        )}
      >
        {children}
      </div>
    </div>
  );
}
