import { BarChart } from "@/components/charts/bar-chart";
import { LineChart } from "@/components/charts/line-chart";
import { type DashboardRange, rangeQuery } from "@/components/insights/dashboard-range";
import { DefinitionCard } from "@/components/insights/definition-card";
import { SecondPurchaseCurves } from "@/components/insights/second-purchase-curves";
import { certaintyText, metricSentence } from "@/components/insights/sentence";
import { seriesTable } from "@/components/insights/series-table";
import { UnitSwitch } from "@/components/insights/unit-switch";
import {
  AGAINST,
  changeDelta,
  comparedDaysText,
  countsText,
  daysText,
  displayUnit,
  figureText,
  intervalText,
  unknownText,
} from "@/components/insights/words";
import { TextLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Stat } from "@/components/ui/content/stat";
import type { Asset } from "@/lib/core/money";
import { adminPaths } from "@/lib/merchants/paths";
import type { Scope } from "@/lib/merchants/scope";
import { measure, type Measurement } from "@/lib/reports";
import { type BucketUnit, spanOf } from "@/lib/reports/days";
import type { Beside } from "@/lib/reports/metric";
import { secondPurchase } from "@/lib/reports/retention/survival";

type FigureProps = { scope: Scope; name: string; range: DashboardRange; unit: BucketUnit };

/** The metric in a sentence and a number, its course over time, and how it is calculated. */
export async function Figure({ scope, name, range, unit }: FigureProps) {
  const measurement = await measure(scope, name, range.days, {
    compare: range.compare,
    series: true,
    unit,
  });
  return (
    <>
      <NumberCard
        measurement={measurement}
        against={range.compare ? AGAINST[range.compare] : undefined}
        settingsHref={adminPaths(scope.merchantSlug).settings}
      />
      <Course measurement={measurement} asset={scope.asset} range={range} unit={unit} />
      {name === "survival" ? (
        <SecondPurchaseCurves
          curves={await secondPurchase(scope, spanOf(range.days, scope.timeZone))}
        />
      ) : null}
      <DefinitionCard measurement={measurement} timeZone={scope.timeZone} />
    </>
  );
}

type CourseProps = Pick<FigureProps, "range" | "unit"> & {
  measurement: Measurement;
  asset: Asset;
};

function Course({ measurement, asset, range, unit }: CourseProps) {
  const { definition, comparison } = measurement;
  const compared = comparison ? comparedDaysText(comparison) : "";
  const table = seriesTable(measurement, asset, compared);
  if (!table) return null;
  const Chart = definition.unit === "money" ? BarChart : LineChart;
  return (
    <Card>
      <CardHeader
        title="Over time"
        className="mb-5"
        actions={
          <UnitSwitch days={range.days} chosen={unit} hrefFor={(by) => rangeQuery(range, { by })} />
        }
      />
      <Chart label={`${definition.title}, ${daysText(range.days)}`} table={table} height={280} />
    </Card>
  );
}

type NumberCardProps = {
  measurement: Measurement;
  against: string | undefined;
  /** Where a missing margin is entered. */
  settingsHref: string;
};

function NumberCard({ measurement, against, settingsHref }: NumberCardProps) {
  const { metric } = measurement;
  const sentence = metricSentence(measurement);
  return (
    <Card>
      {sentence ? <p className="mb-5 max-w-prose text-lg/7 text-balance">{sentence}</p> : null}
      <Stat
        size="lg"
        label={daysText(metric.days)}
        value={figureText(metric.value, displayUnit(metric))}
        unknown={unknownText(metric)}
        delta={changeDelta(measurement, against)}
        note={metric.value === null ? null : certaintyText(measurement)}
      />
      {metric.assumes ? (
        <p className="mt-3 text-[0.8125rem] text-ink-muted">
          {metric.assumes} <TextLink href={settingsHref}>Enter yours</TextLink>
        </p>
      ) : null}
      {metric.filling ? (
        <p className="mt-3 text-[0.8125rem] text-ink-muted">This range isn’t over yet.</p>
      ) : null}
      <Compared measurement={measurement} />
      <BesideIt figures={metric.beside} />
    </Card>
  );
}

function Compared({ measurement: { comparison } }: { measurement: Measurement }) {
  if (!comparison) return null;
  return (
    <div className="mt-5 border-t border-line pt-5">
      <Stat
        label={comparedDaysText(comparison)}
        value={figureText(comparison.value, displayUnit(comparison))}
        unknown={unknownText(comparison)}
        note={comparison.value === null ? null : countsText(comparison)}
      />
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
