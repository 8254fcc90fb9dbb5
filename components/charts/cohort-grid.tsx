import type { CSSProperties } from "react";
import { cx } from "../ui/cx";
import { numberText, percentText } from "../ui/format";

type Cohort = {
  label: string;
  /** How many belong to it. */
  size: number;
  /**
   * Share 0 to 1 by period since the start; null where the period has not come yet or cannot be
   * known.
   */
  shares: (number | null)[];
  /** Index of the period that is still running, if any. */
  partialAt?: number;
};

type CohortGridProps = {
  label: string;
  /** "Month", and what the columns count: "Months since first purchase". */
  rowLabel: string;
  columnLabel: string;
  cohorts: Cohort[];
  locale?: string;
};

/**
 * Retention by cohort: a table whose cells deepen with the share. The background is mixed only so
 * far that the figure on it keeps a contrast of 4.5:1 for any accent, in light and in dark.
 */
export function CohortGrid({
  label,
  rowLabel,
  columnLabel,
  cohorts,
  locale = "en",
}: CohortGridProps) {
  const periods = Math.max(...cohorts.map((cohort) => cohort.shares.length), 0);
  const top = Math.max(
    ...cohorts.flatMap((cohort) => cohort.shares.slice(1).map((share) => share ?? 0)),
    0.01,
  );
  return (
    <div role="region" aria-label={label} tabIndex={0} className="relative overflow-x-auto">
      <table className="figure w-full border-separate border-spacing-0.5 text-[0.8125rem]">
        <caption className="pb-2 text-left text-ink-muted">{columnLabel}</caption>
        <thead>
          <tr className="text-xs text-ink-muted">
            <th
              scope="col"
              className="sticky left-0 z-1 bg-surface pr-3 pb-1 text-left font-medium"
            >
              {rowLabel}
            </th>
            <th scope="col" className="px-2 pb-1 text-right font-medium">
              People
            </th>
            {Array.from({ length: periods }, (_, period) => (
              <th key={period} scope="col" className="min-w-13 pb-1 text-center font-medium">
                {period}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cohorts.map((cohort) => (
            <tr key={cohort.label}>
              <th
                scope="row"
                className={cx(
                  "sticky left-0 z-1 bg-surface pr-3 text-left font-normal whitespace-nowrap",
                )}
              >
                {cohort.label}
              </th>
              <td className="px-2 text-right text-ink-muted">{numberText(cohort.size, locale)}</td>
              {Array.from({ length: periods }, (_, period) => (
                <ShareCell key={period} {...{ cohort, period, top, locale }} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type ShareCellProps = {
  cohort: Cohort;
  period: number;
  /** The share that is drawn darkest. */
  top: number;
  locale: string;
};

function ShareCell({ cohort, period, top, locale }: ShareCellProps) {
  const share = cohort.shares[period] ?? null;
  if (share === null) {
    return (
      <td className="h-8 rounded-[5px] text-center">
        <span className="text-ink-muted">{period < cohort.shares.length ? "—" : ""}</span>
      </td>
    );
  }
  const partial = cohort.partialAt === period;
  return (
    <td
      style={{ "--heat": Math.min(1, share / top) } as CSSProperties}
      title={partial ? "This period isn’t over yet" : undefined}
      className={cx(
        "heat h-8 rounded-[5px] text-center",
        partial && "outline-1 -outline-offset-1 outline-line-strong outline-dashed",
      )}
    >
      {percentText(share, locale)}
      {partial ? <span className="sr-only"> so far</span> : null}
    </td>
  );
}
