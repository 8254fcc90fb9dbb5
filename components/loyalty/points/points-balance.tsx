import { Clock3, Hourglass } from "lucide-react";

type PointsBalanceProps = {
  /**
   * The number alone, written for the reader; what it counts; and the two as one for who hears it.
   */
  figure: string;
  unit: string;
  /** What expires next, or that nothing does. */
  expiry: string | null;
  /** Points on hold. */
  pending: { title: string; lines: readonly string[] } | null;
  /** Points owed after a refund. */
  owed: string | null;
};

/** A balance of points, with what expires next, what is on hold and what is owed. */
export function PointsBalance({ figure, unit, expiry, pending, owed }: PointsBalanceProps) {
  return (
    <div className="rounded-card border border-line bg-surface p-5 shadow-card sm:p-6">
      <p className="flex items-baseline gap-2">
        <span className="figure text-5xl/14 font-semibold tracking-[-0.03em]">{figure}</span>
        <span className="text-base text-ink-muted">{unit}</span>
      </p>
      {expiry ? (
        <p className="figure mt-1 flex items-start gap-1.5 text-sm/6 text-ink-muted">
          <Hourglass aria-hidden="true" className="mt-1 size-4 shrink-0" />
          {expiry}
        </p>
      ) : null}
      {owed ? (
        <p className="figure mt-4 rounded-control bg-warn-soft px-4 py-3 text-sm/6">{owed}</p>
      ) : null}
      {pending ? (
        <div className="mt-4 border-t border-line pt-4">
          <p className="flex items-center gap-1.5 text-sm font-medium">
            <Clock3 aria-hidden="true" className="size-4 text-ink-muted" />
            {pending.title}
          </p>
          <ul className="mt-1 text-sm/6 text-ink-muted">
            {pending.lines.map((line) => (
              <li key={line} className="figure">
                {line}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}
