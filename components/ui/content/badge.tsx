import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

export type Tone = "neutral" | "accent" | "good" | "warn" | "bad";

const TONES: Record<Tone, string> = {
  neutral: "bg-sunken text-ink-muted",
  accent: "bg-accent-soft text-accent-text",
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
};

type BadgeProps = { tone?: Tone; children: ReactNode; className?: string; title?: string };

/** A short label or number in a pill; `wraps` where it may be a sentence. */
export function Badge({
  tone = "neutral",
  children,
  className,
  title,
  wraps = false,
}: BadgeProps & { wraps?: boolean }) {
  return (
    <span
      title={title}
      className={cx(
        "inline-flex items-center gap-1.5 px-2.5 text-xs font-medium",
        wraps ? "min-h-6 rounded-xl py-1" : "h-6 rounded-full whitespace-nowrap",
        TONES[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}

/** The shape repeats the tone, so that a state never depends on colour alone. */
const MARKS: Record<Tone, ReactNode> = {
  neutral: <circle cx="5" cy="5" r="3.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  accent: (
    <>
      <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M5 1.5a3.5 3.5 0 0 1 0 7z" fill="currentColor" />
    </>
  ),
  good: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  warn: <path d="M5 .8 9.4 8.6H.6z" fill="currentColor" />,
  bad: <rect x="1.2" y="1.2" width="7.6" height="7.6" rx="1" fill="currentColor" />,
};

/** A state as a pill: tone, mark and word. */
export function StatusPill({ tone = "neutral", children, className, title }: BadgeProps) {
  return (
    <Badge tone={tone} className={className} title={title}>
      <svg viewBox="0 0 10 10" aria-hidden="true" className="size-2 shrink-0">
        {MARKS[tone]}
      </svg>
      {children}
    </Badge>
  );
}
