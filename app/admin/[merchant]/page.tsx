import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Suspense } from "react";
import { daysText } from "@/components/insights/words";
import { compareWord } from "@/components/insights/dashboard-range";
import { StatGridSkeleton } from "@/components/insights/metric-stat";
import { Card } from "@/components/ui/content/card";
import { datePresets } from "@/components/ui/controls/date-range";
import { DateRangePicker } from "@/components/ui/controls/date-range-picker";
import { PageHeader } from "@/components/ui/page/page-header";
import { Skeleton, SkeletonText } from "@/components/ui/page/skeleton";
import { requireMember } from "@/lib/auth/member";
import { publicOrigin, publicUrl } from "@/lib/core/address";
import { dateInZone } from "@/lib/core/time";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows, scopeNow } from "@/lib/merchants/scope";
import { comparisonOf } from "@/lib/reports/days";
import { firstSteps } from "@/lib/reports/first-steps";
import { pageRange } from "@/lib/reports/schema";
import { FirstStepsCard } from "@/components/insights/first-steps-card";
import {
  Cohorts,
  CourseOverTime,
  FunnelCard,
  Headlines,
  LedgerAlarm,
  PoolAlarm,
  ReferredAgainstOthers,
} from "./sections";

export const metadata: Metadata = { title: "Overview" };

type Props = {
  params: Promise<{ merchant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function OverviewPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  // Whoever serves customers has no insights; their work begins with the referrals.
  if (!scopeAllows(await requireMember(slug), "insights.read"))
    redirect(adminPaths(slug).referrals);
  const scope = await requireMember(slug, "insights.read");
  const query = await searchParams;
  const steps = await firstSteps(scope);
  const admin = adminPaths(slug);
  const isNew = !steps.hasEvents && !steps.hasAdvocates;
  const checklist = (
    <FirstStepsCard
      steps={steps}
      admin={admin}
      endpoint={`${publicOrigin()}/api/v1/events`}
      customerPage={steps.program ? publicUrl(`/refer/${steps.program.slug}`) : null}
      currency={scope.currency}
      mayEditPrograms={scopeAllows(scope, "program.edit")}
      mayMakeKeys={scopeAllows(scope, "keys.manage")}
    />
  );
  if (isNew) {
    return (
      <>
        <PageHeader title="Overview" description="Three steps, and this page begins to fill." />
        {checklist}
      </>
    );
  }

  const range = pageRange(query, scope);
  const section = { scope, admin, range };
  const today = dateInZone(scopeNow(scope), scope.timeZone);
  const done = steps.program?.state === "live" && steps.hasEvents && steps.hasAdvocates;
  // Another range is another question: the old answer must not stand under the new dates.
  const key = JSON.stringify(range);
  return (
    <>
      <PageHeader
        title="Overview"
        description={
          <span className="figure">
            {daysText(range.days)}
            {range.compare ? ` against ${daysText(comparisonOf(range.days, range.compare))}` : ""}
          </span>
        }
        actions={
          <DateRangePicker
            range={range.days}
            compare={compareWord(range.compare)}
            presets={datePresets(today, steps.firstDay ?? undefined)}
            max={today}
          />
        }
      />
      <div className="flex flex-col gap-6">
        <Suspense fallback={null}>
          <LedgerAlarm scope={scope} admin={admin} />
        </Suspense>
        <Suspense fallback={null}>
          <PoolAlarm scope={scope} admin={admin} />
        </Suspense>
        {done ? null : checklist}
        <Suspense key={`headlines ${key}`} fallback={<StatGridSkeleton tiles={8} />}>
          <Headlines {...section} />
        </Suspense>
        <Suspense
          key={`course ${key} ${String(query.chart)}`}
          fallback={
            <Card>
              <Skeleton className="h-90 w-full" />
            </Card>
          }
        >
          <CourseOverTime {...section} chart={String(query.chart ?? "")} />
        </Suspense>
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <Suspense
            key={`funnel ${key}`}
            fallback={
              <Card>
                <SkeletonText lines={8} />
              </Card>
            }
          >
            <FunnelCard {...section} />
          </Suspense>
          <Suspense
            key={`others ${key}`}
            fallback={
              <Card>
                <SkeletonText lines={8} />
              </Card>
            }
          >
            <ReferredAgainstOthers {...section} />
          </Suspense>
        </div>
        <Suspense
          key={`cohorts ${range.days.to} ${String(query.cohorts)}`}
          fallback={
            <Card>
              <Skeleton className="h-80 w-full" />
            </Card>
          }
        >
          <Cohorts {...section} mode={query.cohorts === "unbounded" ? "unbounded" : "exact"} />
        </Suspense>
      </div>
    </>
  );
}
