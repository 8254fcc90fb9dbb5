import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

type ProgressBarProps = {
  /** 0 to 1; null while the extent is unknown. */
  share: number | null;
  /** What is progressing. */
  label: string;
  /** In words: "1,200 of 5,000 rows". */
  detail?: ReactNode;
  hideLabel?: boolean;
  tone?: "accent" | "good" | "warn" | "bad";
};

const FILLS = { accent: "bg-accent-mark", good: "bg-good", warn: "bg-warn", bad: "bg-bad" };

/** Progress of something: a budget, an import, the way to the next tier. */
export function ProgressBar({
  share,
  label,
  detail,
  hideLabel,
  tone = "accent",
}: ProgressBarProps) {
  const percent = share === null ? undefined : Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div>
      <div
        className={cx(
          "mb-1.5 flex items-baseline justify-between gap-4 text-sm",
          hideLabel && "sr-only",
        )}
      >
        <span>{label}</span>
        {detail ? <span className="figure text-ink-muted">{detail}</span> : null}
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="h-2 overflow-hidden rounded-full bg-sunken ring-1 ring-line ring-inset"
      >
        <div
          style={{ width: `${percent ?? 40}%` }}
          className={cx(
            "h-full rounded-full transition-[width]",
            FILLS[tone],
            percent === undefined && "animate-breathe",
          )}
        />
      </div>
    </div>
  );
}
