import type { ReactNode } from "react";
import type { Tone } from "./badge";
import { cx } from "@/components/ui/cx";

export type TimelineStep = {
  key: string;
  title: ReactNode;
  /** A `<DateTime>`. */
  at?: ReactNode;
  reason?: ReactNode;
  tone?: Tone;
  /** `next` is still to come: hollow, and quiet. */
  state?: "done" | "current" | "next";
};

const DOTS: Record<Tone, string> = {
  neutral: "border-ink-muted bg-ink-muted",
  accent: "border-accent-mark bg-accent-mark",
  good: "border-good bg-good",
  warn: "border-warn bg-warn",
  bad: "border-bad bg-bad",
};

/** What happened, step by step with reasons, then what is still to come. */
export function Timeline({ steps, label }: { steps: TimelineStep[]; label: string }) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {steps.map(({ key, title, at, reason, tone = "neutral", state = "done" }, index) => (
        <li
          key={key}
          aria-current={state === "current" ? "step" : undefined}
          className="relative grid grid-cols-[0.75rem_minmax(0,1fr)] gap-x-3.5 pb-6 last:pb-0"
        >
          {index < steps.length - 1 ? (
            <span
              aria-hidden="true"
              className={cx(
                "absolute top-4 -bottom-1 left-[0.3125rem] border-l-2",
                steps[index + 1]?.state === "next"
                  ? "border-dotted border-line-strong/60"
                  : "border-line",
              )}
            />
          ) : null}
          <span
            aria-hidden="true"
            className={cx(
              "relative mt-1 size-3 rounded-full border-2",
              state === "next" ? "border-line-strong bg-paper" : DOTS[tone],
              state === "current" && "ring-4 ring-accent-soft",
            )}
          />
          <div className="min-w-0 text-sm">
            <div className="gap-x-4 sm:flex sm:flex-wrap sm:items-baseline sm:justify-between">
              <p className={cx("font-medium", state === "next" && "text-ink-muted")}>{title}</p>
              {at ? <p className="text-[0.8125rem] text-ink-muted">{at}</p> : null}
            </div>
            {reason ? <div className="mt-0.5 text-ink-muted">{reason}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
