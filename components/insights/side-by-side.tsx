import { Link } from "@/components/ui/controls/link";
import type { Measurement } from "@/lib/reports";
import type { Reading } from "@/lib/reports/metric";
import { cx } from "../ui/cx";
import { besideNamed, countsText, figureText, intervalText, unknownText } from "./words";

export type SideBySideRow = {
  measurement: Measurement;
  href: string;
  title?: string;
  keys?: [referred: string, other: string];
};

/**
 * Referred customers beside all others, metric by metric, each with its counts or its interval.
 */
export function SideBySide({ rows }: { rows: SideBySideRow[] }) {
  return (
    <table className="w-full text-sm">
      <thead>
        <tr className="text-left text-xs text-ink-muted">
          <th scope="col" className="pb-2 font-medium">
            <span className="sr-only">Metric</span>
          </th>
          <th scope="col" className="pb-2 pl-3 text-right font-medium">
            Referred
          </th>
          <th scope="col" className="pb-2 pl-3 text-right font-medium">
            Others
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(
          ({ measurement, href, title, keys: [referred, other] = ["referred", "other"] }) => (
            <tr
              key={title ?? measurement.definition.name}
              className="border-t border-line align-top"
            >
              <th scope="row" className="py-3 text-left font-normal">
                <Link
                  href={href}
                  className={cx(
                    "rounded-sm underline decoration-line-strong/50 decoration-dotted",
                    "underline-offset-4 hover:decoration-current",
                  )}
                >
                  {title ?? measurement.definition.title}
                </Link>
              </th>
              <Cell reading={besideNamed(measurement.metric, referred)} />
              <Cell reading={besideNamed(measurement.metric, other)} />
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}

function Cell({ reading }: { reading: Reading | undefined }) {
  const text = reading ? figureText(reading.value, reading.unit) : null;
  if (!reading || text === null) {
    return (
      <td className="py-3 pl-3 text-right text-ink-muted">
        <span aria-hidden="true">—</span>
        <span className="sr-only">Unknown</span>
        <span className="block text-xs">{reading ? unknownText(reading) : null}</span>
      </td>
    );
  }
  return (
    <td className="figure py-3 pl-3 text-right">
      <span className="text-base font-semibold tracking-tight">{text}</span>
      <span className="block text-xs text-ink-muted">
        {reading.unit === "share" ? countsText(reading) : intervalText(reading)}
      </span>
    </td>
  );
}
