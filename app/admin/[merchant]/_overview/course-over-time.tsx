import { BarChart } from "@/components/charts/bar-chart";
import { LineChart } from "@/components/charts/line-chart";
import { rangeQuery } from "@/components/insights/dashboard-range";
import { metricSentence } from "@/components/insights/sentence";
import { seriesTable } from "@/components/insights/series-table";
import { UnitSwitch } from "@/components/insights/unit-switch";
import { comparedDaysText, daysText } from "@/components/insights/words";
import { Card, CardHeader } from "@/components/ui/content/card";
import { ButtonLink } from "@/components/ui/controls/button";
import { measure } from "@/lib/reports";
import type { BucketUnit } from "@/lib/reports/days";
import type { Section } from "./section";

const CHARTS = [
  "referred_revenue",
  "referral_rate",
  "referral_conversion",
  "program_cost",
  "share_rate",
] as const;
const CHART_LABELS: Record<(typeof CHARTS)[number], string> = {
  referred_revenue: "Revenue",
  referral_rate: "Referral rate",
  referral_conversion: "Conversion",
  program_cost: "Cost",
  share_rate: "Share rate",
};

type CourseProps = Section & { chart: string; unit: BucketUnit };

/** One metric over time, with a choice of which. */
export async function CourseOverTime({ scope, range, chart, unit }: CourseProps) {
  const name = CHARTS.find((candidate) => candidate === chart) ?? "referred_revenue";
  const measurement = await measure(scope, name, range.days, {
    compare: range.compare,
    series: true,
    unit,
  });
  const { definition, comparison } = measurement;
  const table = seriesTable(
    measurement,
    scope.asset,
    comparison ? comparedDaysText(comparison) : "",
  );
  const Chart = definition.unit === "money" ? BarChart : LineChart;
  return (
    <Card>
      <CardHeader
        title={definition.title}
        description={metricSentence(measurement) ?? definition.formula}
        className="mb-5"
        actions={
          <nav aria-label="Choose a metric" className="flex flex-wrap gap-1">
            {CHARTS.map((option) => (
              <ButtonLink
                key={option}
                size="sm"
                variant={option === name ? "secondary" : "quiet"}
                aria-current={option === name ? "true" : undefined}
                href={rangeQuery(range, { chart: option, by: unit })}
                scroll={false}
              >
                {CHART_LABELS[option]}
              </ButtonLink>
            ))}
          </nav>
        }
      />
      {table ? (
        <>
          <Chart
            label={`${definition.title}, ${daysText(range.days)}`}
            table={table}
            height={280}
          />
          <UnitSwitch
            days={range.days}
            chosen={unit}
            hrefFor={(by) => rangeQuery(range, { chart: name, by })}
          />
        </>
      ) : null}
    </Card>
  );
}
