import { Check } from "lucide-react";
import { cx } from "./cx";

export type Step = { label: string; href?: string };

/** Where someone is in a short row of steps. `current` counts from 0. */
export function Stepper({
  steps,
  current,
  label,
}: {
  steps: Step[];
  current: number;
  label: string;
}) {
  return (
    <ol aria-label={label} className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
      {steps.map((step, index) => {
        const done = index < current;
        const here = index === current;
        return (
          <li
            key={step.label}
            aria-current={here ? "step" : undefined}
            className={cx("flex items-center gap-2", here ? "font-medium" : "text-ink-muted")}
          >
            <span
              aria-hidden="true"
              className={cx(
                "figure grid size-6 place-items-center rounded-full border text-xs font-semibold",
                done && "border-accent-mark bg-accent text-accent-ink",
                here && "border-accent-mark text-accent-text",
                !done && !here && "border-line-strong",
              )}
            >
              {done ? <Check className="size-3.5 stroke-3" /> : index + 1}
            </span>
            {step.href && done ? (
              <a href={step.href} className="rounded-sm hover:underline">
                {step.label}
              </a>
            ) : (
              step.label
            )}
            {index < steps.length - 1 ? (
              <span aria-hidden="true" className="ml-1 hidden h-px w-6 bg-line-strong sm:block" />
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}
