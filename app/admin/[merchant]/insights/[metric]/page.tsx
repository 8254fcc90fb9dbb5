import type { Metadata } from "next";
import { Suspense } from "react";
import { BarChart } from "@/components/charts/bar-chart";
import { LineChart } from "@/components/charts/line-chart";
import { BehindTable } from "@/components/insights/behind-table";
import {
  compareWord,
  type DashboardRange,
  rangeQuery,
} from "@/components/insights/dashboard-range";
import { DefinitionCard } from "@/components/insights/definition-card";
import { seriesTable } from "@/components/insights/series-table";
import { SecondPurchaseCurves } from "@/components/insights/second-purchase-curves";
import {
  AGAINST,
  changeDelta,
  changeIntervalText,
  countsText,
  daysText,
  displayUnit,
  figureText,
  intervalText,
  unknownText,
} from "@/components/insights/words";
import { ButtonLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { datePresets } from "@/components/ui/controls/date-range";
import { DateRangePicker } from "@/components/ui/controls/date-range-picker";
import { PageHeader } from "@/components/ui/page/page-header";
import { Pagination } from "@/components/ui/page/pagination";
import { Skeleton, SkeletonText } from "@/components/ui/page/skeleton";
import { Stat } from "@/components/ui/content/stat";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { DomainError } from "@/lib/core/errors";
import { dateInZone } from "@/lib/core/time";
import { adminPaths, type AdminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import { measure, reportNamed, rowsBehind } from "@/lib/reports";
import { spanOf } from "@/lib/reports/days";
import { pageRange } from "@/lib/reports/schema";
import { secondPurchase } from "@/lib/reports/retention/survival";

type Query = Record<string, string | string[] | undefined>;
type Props = {
  params: Promise<{ merchant: string; metric: string }>;
  searchParams: Promise<Query>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { metric } = await params;
  return {
    title: (await found(Promise.resolve().then(() => reportNamed(metric)))).definition.title,
  };
}

export default async function InsightPage({ params, searchParams }: Props) {
  const { merchant: slug, metric: name } = await params;
  const scope = await requireMember(slug, "insights.read");
  const { definition } = await found(Promise.resolve().then(() => reportNamed(name)));
  const query = await searchParams;
  const range = pageRange(query, scope);
  const admin = adminPaths(slug);
  const today = dateInZone(scopeNow(scope), scope.timeZone);
  const part = { scope, name, range };
  const key = JSON.stringify(range);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Overview", href: admin.overview + rangeQuery(range) }]}
        title={definition.title}
        description={definition.formula}
        actions={
          <DateRangePicker
            range={range.days}
            compare={compareWord(range.compare)}
            presets={datePresets(today)}
            max={today}
          />
        }
      />
      <div className="flex flex-col gap-6">
        <Suspense
          key={`figure ${key}`}
          fallback={
            <Card>
              <SkeletonText lines={10} />
            </Card>
          }
        >
          <Figure {...part} />
        </Suspense>
        <Suspense
          key={`rows ${key} ${String(query.cursor)} ${String(query.counted)}`}
          fallback={
            <Card>
              <Skeleton className="h-96 w-full" />
            </Card>
          }
        >
          <Behind
            {...part}
            admin={admin}
            cursor={one(query.cursor)}
            counted={query.counted === "yes"}
          />
        </Suspense>
      </div>
    </>
  );
}

type Part = { scope: Scope; name: string; range: DashboardRange };

async function Figure({ scope, name, range }: Part) {
  const measurement = await measure(scope, name, range.days, {
    compare: range.compare,
    series: true,
  });
  const { definition, metric, comparison, change } = measurement;
  const table = seriesTable(
    measurement,
    scope.currency,
    comparison ? daysText(comparison.days) : "",
  );
  const Chart = definition.unit === "money" ? BarChart : LineChart;
  return (
    <>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <Card>
          <Stat
            size="lg"
            label={daysText(metric.days)}
            value={figureText(metric.value, displayUnit(metric))}
            unknown={unknownText(metric)}
            delta={changeDelta(measurement, range.compare ? AGAINST[range.compare] : undefined)}
            note={
              metric.value === null
                ? null
                : [countsText(metric), intervalText(metric) && `95 %: ${intervalText(metric)}`]
                    .filter(Boolean)
                    .join(" · ")
            }
          />
          {metric.filling ? (
            <p className="mt-3 text-[0.8125rem] text-ink-muted">This range is not over yet.</p>
          ) : null}
          {comparison ? (
            <div className="mt-5 border-t border-line pt-5">
              <Stat
                label={daysText(comparison.days)}
                value={figureText(comparison.value, displayUnit(comparison))}
                unknown={unknownText(comparison)}
                note={comparison.value === null ? null : countsText(comparison)}
              />
              {change?.interval ? (
                <p className="figure mt-3 text-[0.8125rem] text-ink-muted">
                  Change, 95 %: {changeIntervalText(change, comparison)} ({change.interval.method})
                </p>
              ) : null}
            </div>
          ) : null}
          {metric.beside.length > 0 ? (
            <div className="mt-5 grid gap-5 border-t border-line pt-5 sm:grid-cols-2">
              {metric.beside.map((beside) => (
                <Stat
                  key={beside.key}
                  label={beside.title}
                  value={figureText(beside.value, beside.unit)}
                  unknown={unknownText(beside)}
                  note={beside.value === null ? null : (intervalText(beside) ?? countsText(beside))}
                />
              ))}
            </div>
          ) : null}
        </Card>
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

async function Behind({
  scope,
  name,
  range,
  admin,
  cursor,
  counted,
}: Part & { admin: AdminPaths; cursor?: string; counted: boolean }) {
  const { columns } = reportNamed(name);
  const page = await rowsBehind(scope, name, range.days, {
    limit: 25,
    counted,
    ...(cursor && { cursor }),
  }).catch((error: unknown) => {
    // A cursor of another list, or one that was cut off in a mail: from the start.
    if (error instanceof DomainError && error.path === "cursor")
      return rowsBehind(scope, name, range.days, { limit: 25, counted });
    throw error;
  });
  const filter: Record<string, string> = counted ? { counted: "yes" } : {};
  return (
    <Card flush>
      <CardHeader
        title="The rows behind it"
        description={`Counted in ${daysText(range.days)}, newest first.`}
        className="p-5 pb-4 sm:px-6"
        actions={
          columns.numerator.unit === "yes" ? (
            <nav aria-label="Which rows" className="flex gap-1">
              <ButtonLink
                size="sm"
                variant={counted ? "quiet" : "secondary"}
                href={rangeQuery(range)}
                scroll={false}
              >
                All
              </ButtonLink>
              <ButtonLink
                size="sm"
                variant={counted ? "secondary" : "quiet"}
                href={rangeQuery(range, { counted: "yes" })}
                scroll={false}
              >
                Only those that count
              </ButtonLink>
            </nav>
          ) : null
        }
      />
      <BehindTable
        rows={page.rows}
        columns={columns}
        asset={scope.asset}
        timeZone={scope.timeZone}
        admin={admin}
      />
      <Pagination
        newerHref={cursor ? rangeQuery(range, filter) : null}
        olderHref={
          page.nextCursor ? rangeQuery(range, { ...filter, cursor: page.nextCursor }) : null
        }
        nav="Pages of rows"
      />
    </Card>
  );
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
