import { Link } from "@/components/ui/controls/link";
import { cx } from "@/components/ui/cx";
import { numberText, percentText } from "../ui/format";

export type FunnelStep = {
  label: string;
  /** People or referrals that came this far; null when unknown. */
  count: number | null;
  /** The page of the number. */
  href?: string;
};

/** How many continue from step to step. Its figures are text, so that it needs no table. */
export function Funnel({
  label,
  steps,
  locale = "en",
}: {
  label: string;
  steps: FunnelStep[];
  locale?: string;
}) {
  const first = steps[0]?.count ?? 0;
  return (
    <ol aria-label={label} className="flex flex-col">
      {steps.map((step, index) => {
        const before = steps[index - 1]?.count;
        const share = step.count !== null && first > 0 ? step.count / first : null;
        const onward = index > 0 && step.count !== null && before ? step.count / before : null;
        return (
          <li key={step.label} className="text-sm">
            {index > 0 ? (
              <p
                className={cx(
                  "figure ml-3 border-l-2 border-dotted border-line-strong/60",
                  "py-2 pl-3 text-xs text-ink-muted",
                )}
              >
                {onward === null ? "—" : `${percentText(onward, locale)} continue`}
              </p>
            ) : null}
            <div className="flex items-baseline justify-between gap-4 pb-1.5">
              <span className="font-medium">
                {step.href ? (
                  <Link href={step.href} className="rounded-sm hover:underline">
                    {step.label}
                  </Link>
                ) : (
                  step.label
                )}
              </span>
              <span className="figure flex items-baseline gap-2">
                {index > 0 && share !== null ? (
                  <span className="text-[0.8125rem] text-ink-muted">
                    {percentText(share, locale)} overall
                  </span>
                ) : null}
                <span className="text-base font-semibold tracking-tight">
                  {step.count === null ? "—" : numberText(step.count, locale)}
                </span>
              </span>
            </div>
            <div aria-hidden="true" className="h-3 rounded-[4px] bg-sunken">
              <div
                style={{ width: `${Math.max((share ?? 0) * 100, share ? 0.5 : 0)}%` }}
                className="h-full rounded-[4px] bg-accent-mark"
              />
            </div>
          </li>
        );
      })}
    </ol>
  );
}
