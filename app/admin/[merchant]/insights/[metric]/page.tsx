import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { compareWord, rangeQuery } from "@/components/insights/dashboard-range";
import { Card } from "@/components/ui/content/card";
import { datePresets } from "@/components/ui/controls/date-range";
import { DateRangePicker } from "@/components/ui/controls/date-range-picker";
import { PageHeader } from "@/components/ui/page/page-header";
import { Skeleton, SkeletonText } from "@/components/ui/page/skeleton";
import { requireMember } from "@/lib/auth/member";
import { firstOf, type Query } from "@/lib/core/query-string";
import { dateInZone } from "@/lib/core/time";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeNow } from "@/lib/merchants/scope";
import { findReport } from "@/lib/reports";
import { pageRange, pageUnit } from "@/lib/reports/schema";
import { Figure } from "./_sections/figure";
import { Records } from "./_sections/records";

type Props = {
  params: Promise<{ merchant: string; metric: string }>;
  searchParams: Promise<Query>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { metric } = await params;
  const report = findReport(metric) ?? notFound();
  return { title: report.definition.title };
}

export default async function InsightPage({ params, searchParams }: Props) {
  const { merchant: slug, metric: name } = await params;
  const scope = await requireMember(slug, "insights.read");
  const { definition, columns } = findReport(name) ?? notFound();
  const query = await searchParams;
  const range = pageRange(query, scope);
  const today = dateInZone(scopeNow(scope), scope.timeZone);
  const part = { scope, name, range };
  const key = JSON.stringify(range);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Insights", href: adminPaths(slug).insights + rangeQuery(range) }]}
        title={definition.title}
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
          key={`figure ${key} ${String(query.by)}`}
          fallback={
            <Card>
              <SkeletonText lines={10} />
            </Card>
          }
        >
          <Figure {...part} unit={pageUnit(query, range.days)} />
        </Suspense>
        <Suspense
          key={`records ${key} ${String(query.cursor)} ${String(query.counted)}`}
          fallback={
            <Card>
              <Skeleton className="h-96 w-full" />
            </Card>
          }
        >
          <Records
            {...part}
            columns={columns}
            cursor={firstOf(query.cursor)}
            counted={query.counted === "yes"}
          />
        </Suspense>
      </div>
    </>
  );
}
