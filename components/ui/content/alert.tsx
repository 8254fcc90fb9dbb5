import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "./badge";
import { cx } from "@/components/ui/cx";

const LOOK: Record<Tone, { box: string; icon: typeof Info; mark: string }> = {
  neutral: { box: "border-line bg-sunken", icon: Info, mark: "text-ink-muted" },
  accent: { box: "border-accent-mark/25 bg-accent-soft", icon: Info, mark: "text-accent-text" },
  good: { box: "border-good/25 bg-good-soft", icon: CircleCheck, mark: "text-good" },
  warn: { box: "border-warn/25 bg-warn-soft", icon: TriangleAlert, mark: "text-warn" },
  bad: { box: "border-bad/25 bg-bad-soft", icon: CircleAlert, mark: "text-bad" },
};

type AlertProps = {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  /** Announced by screen readers: for messages that appear after an action. */
  live?: boolean;
};

/** A message that stays where it is on the page. */
export function Alert({ tone = "neutral", title, children, action, live }: AlertProps) {
  const { box, icon: Icon, mark } = LOOK[tone];
  return (
    <div
      role={live ? (tone === "bad" ? "alert" : "status") : undefined}
      className={cx(
        "flex items-start gap-3 rounded-card border px-4 py-3 text-sm [&_a]:text-ink",
        box,
      )}
    >
      <Icon aria-hidden="true" className={cx("mt-0.5 size-4 shrink-0", mark)} />
      {/* A button that would squeeze the text on a phone goes below it. */}
      <div className="flex min-w-0 flex-1 flex-wrap items-start gap-x-3 gap-y-2.5">
        <div className="min-w-0 flex-1 basis-52">
          {title ? <p className="font-medium">{title}</p> : null}
          {children ? (
            <div className={title ? "mt-0.5 text-ink-muted" : undefined}>{children}</div>
          ) : null}
        </div>
        {action ? <div className="-my-0.5 shrink-0">{action}</div> : null}
      </div>
    </div>
  );
}
