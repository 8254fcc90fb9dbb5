import { SearchX } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import {
  compareWord,
  type DashboardRange,
  rangeQuery,
} from "@/components/insights/dashboard-range";
import { type MetricGroup, searchMetrics } from "@/components/insights/metric-groups";
import { MetricStat, StatGridSkeleton } from "@/components/insights/metric-stat";
import { daysText } from "@/components/insights/words";
import { datePresets } from "@/components/ui/controls/date-range";
import { DateRangePicker } from "@/components/ui/controls/date-range-picker";
import { ButtonLink } from "@/components/ui/controls/button";
import { Empty } from "@/components/ui/content/empty";
import { StatGrid } from "@/components/ui/content/stat";
import { FilterBar, SearchField } from "@/components/ui/page/filter-bar";
import { PageHeader } from "@/components/ui/page/page-header";
import { requireMember } from "@/lib/auth/member";
import { firstOf, type Query } from "@/lib/core/query-string";
import { dateInZone } from "@/lib/core/time";
import { adminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import { findReport, measureAll } from "@/lib/reports";
import { pageRange } from "@/lib/reports/schema";

export const metadata: Metadata = { title: "Insights" };

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

const titleOf = (name: string) => findReport(name)?.definition.title ?? name;

/** Every metric there is, by the question that it answers, found by any name people use. */
export default async function InsightsPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "insights.read");
  const query = await searchParams;
  const search = firstOf(query.q)?.slice(0, 100) ?? "";
  const range = pageRange(query, scope);
  const today = dateInZone(scopeNow(scope), scope.timeZone);
  const groups = searchMetrics(search, titleOf);
  const key = JSON.stringify(range);
  return (
    <>
      <PageHeader
        title="Insights"
        description={<span className="figure">{daysText(range.days)}</span>}
        actions={
          <DateRangePicker
            range={range.days}
            compare={compareWord(range.compare)}
            presets={datePresets(today)}
            max={today}
          />
        }
      />
      <div className="flex flex-col gap-8">
        <FilterBar label="Find a metric" keep={["from", "to", "compare"]}>
          <SearchField
            label="Find a metric"
            placeholder="CLV, retention, referral rate…"
            defaultValue={search}
          />
        </FilterBar>
        {groups.length === 0 ? (
          <Empty
            title={`No metric called “${search}”`}
            icon={<SearchX aria-hidden="true" />}
            action={<ButtonLink href={adminPaths(slug).insights}>Show all metrics</ButtonLink>}
          />
        ) : (
          groups.map((group) => (
            <section key={group.title} aria-label={group.title} className="flex flex-col gap-3">
              <h2 className="text-base font-semibold tracking-tight">{group.title}</h2>
              <Suspense key={key} fallback={<StatGridSkeleton tiles={group.metrics.length} />}>
                <Metrics scope={scope} group={group} range={range} />
              </Suspense>
            </section>
          ))
        )}
      </div>
    </>
  );
}

type MetricsProps = { scope: Scope; group: MetricGroup; range: DashboardRange };

async function Metrics({ scope, group, range }: MetricsProps) {
  const admin = adminPaths(scope.merchantSlug);
  const names = group.metrics.map(({ name }) => name);
  const measured = await measureAll(scope, names, range.days, { compare: range.compare });
  return (
    <StatGrid>
      {group.metrics.map(({ name }) => (
        <MetricStat
          key={name}
          measurement={measured[name]!}
          href={admin.insight(name) + rangeQuery(range)}
        />
      ))}
    </StatGrid>
  );
}
