import { BarChart } from "@/components/charts/bar-chart";
import { LineChart } from "@/components/charts/line-chart";
import type { DashboardRange } from "@/components/insights/dashboard-range";
import { DefinitionCard } from "@/components/insights/definition-card";
import { SecondPurchaseCurves } from "@/components/insights/second-purchase-curves";
import { seriesTable } from "@/components/insights/series-table";
import {
  AGAINST,
  changeDelta,
  changeIntervalText,
  comparedDaysText,
  countsText,
  daysText,
  displayUnit,
  figureText,
  intervalText,
  unknownText,
} from "@/components/insights/words";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Stat } from "@/components/ui/content/stat";
import type { Scope } from "@/lib/merchants/scope";
import { measure, type Measurement } from "@/lib/reports";
import { spanOf } from "@/lib/reports/days";
import type { Beside } from "@/lib/reports/metric";
import { secondPurchase } from "@/lib/reports/retention/survival";

type FigureProps = { scope: Scope; name: string; range: DashboardRange };

/** The metric's number beside its definition, and its course over time. */
export async function Figure({ scope, name, range }: FigureProps) {
  const measurement = await measure(scope, name, range.days, {
    compare: range.compare,
    series: true,
  });
  const { definition, comparison } = measurement;
  const comparedDays = comparison ? comparedDaysText(comparison) : "";
  const table = seriesTable(measurement, scope.asset, comparedDays);
  const Chart = definition.unit === "money" ? BarChart : LineChart;
  return (
    <>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <NumberCard
          measurement={measurement}
          against={range.compare ? AGAINST[range.compare] : undefined}
        />
        <DefinitionCard measurement={measurement} timeZone={scope.timeZone} />
      </div>
      {table ? (
        <Card>
          <CardHeader title="Over time" className="mb-5" />
          <Chart
            label={`${definition.title}, ${daysText(range.days)}`}
            table={table}
            height={280}
          />
        </Card>
      ) : null}
      {name === "survival" ? (
        <SecondPurchaseCurves
          curves={await secondPurchase(scope, spanOf(range.days, scope.timeZone))}
        />
      ) : null}
    </>
  );
}

type NumberCardProps = { measurement: Measurement; against: string | undefined };

function NumberCard({ measurement, against }: NumberCardProps) {
  const { metric } = measurement;
  const interval = intervalText(metric);
  const note = [countsText(metric), interval && `95%: ${interval}`].filter(Boolean).join(" · ");
  return (
    <Card>
      <Stat
        size="lg"
        label={daysText(metric.days)}
        value={figureText(metric.value, displayUnit(metric))}
        unknown={unknownText(metric)}
        delta={changeDelta(measurement, against)}
        note={metric.value === null ? null : note}
      />
      {metric.filling ? (
        <p className="mt-3 text-[0.8125rem] text-ink-muted">This range isn’t over yet.</p>
      ) : null}
      <Compared measurement={measurement} />
      <BesideIt figures={metric.beside} />
    </Card>
  );
}

function Compared({ measurement: { comparison, change } }: { measurement: Measurement }) {
  if (!comparison) return null;
  return (
    <div className="mt-5 border-t border-line pt-5">
      <Stat
        label={comparedDaysText(comparison)}
        value={figureText(comparison.value, displayUnit(comparison))}
        unknown={unknownText(comparison)}
        note={comparison.value === null ? null : countsText(comparison)}
      />
      {change?.interval ? (
        <p className="figure mt-3 text-[0.8125rem] text-ink-muted">
          Change, 95%: {changeIntervalText(change, comparison)} ({change.interval.method})
        </p>
      ) : null}
    </div>
  );
}

function BesideIt({ figures }: { figures: Beside[] }) {
  if (figures.length === 0) return null;
  return (
    <div className="mt-5 grid gap-5 border-t border-line pt-5 sm:grid-cols-2">
      {figures.map((figure) => (
        <Stat
          key={figure.key}
          label={figure.title}
          value={figureText(figure.value, figure.unit)}
          unknown={unknownText(figure)}
          note={figure.value === null ? null : (intervalText(figure) ?? countsText(figure))}
        />
      ))}
    </div>
  );
}
