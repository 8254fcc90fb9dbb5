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
import { environment } from "@/lib/core/env";
import { dateInZone } from "@/lib/core/time";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows, scopeNow } from "@/lib/merchants/scope";
import { comparisonOf } from "@/lib/reports/days";
import { firstSteps } from "@/lib/reports/growth/first-steps";
import { pageRange, pageUnit } from "@/lib/reports/schema";
import { FirstStepsCard } from "@/components/insights/first-steps-card";
import { LedgerAlarm, NeedsYou } from "./_overview/alarms";
import { Cohorts } from "./_overview/cohorts";
import { CourseOverTime } from "./_overview/course-over-time";
import { FunnelCard } from "./_overview/funnel-card";
import { Headlines } from "./_overview/headlines";
import { ReferredAgainstOthers } from "./_overview/referred-and-others";
import type { Section } from "./_overview/section";

export const metadata: Metadata = { title: "Overview" };

type Query = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

export default async function OverviewPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug);
  const admin = adminPaths(slug);
  // Support has no insights; their work starts with the referrals.
  if (!scopeAllows(scope, "insights.read")) redirect(admin.referrals);
  const query = await searchParams;
  const steps = await firstSteps(scope);
  const checklist = (
    <FirstStepsCard
      steps={steps}
      admin={admin}
      endpoint={`${publicOrigin()}/api/v1/events`}
      customerPage={steps.program ? publicUrl(`/refer/${steps.program.slug}`) : null}
      currency={scope.currency}
      mayEditPrograms={scopeAllows(scope, "program.edit")}
      mayMakeKeys={scopeAllows(scope, "keys.manage")}
      mayEditSettings={scopeAllows(scope, "settings.edit")}
      sendsEmail={environment().SMTP_URL !== undefined}
    />
  );
  if (!steps.hasEvents && !steps.hasAdvocates) {
    return (
      <>
        <PageHeader title="Overview" description="A few steps to your first numbers." />
        {checklist}
      </>
    );
  }

  const range = pageRange(query, scope);
  const today = dateInZone(scopeNow(scope), scope.timeZone);
  const done = steps.program?.state === "live" && steps.hasEvents && steps.hasAdvocates;
  return (
    <>
      <PageHeader
        title="Overview"
        description={
          <span className="figure">
            {daysText(range.days)}
            {range.compare ? ` vs. ${daysText(comparisonOf(range.days, range.compare))}` : ""}
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
          <NeedsYou scope={scope} admin={admin} />
        </Suspense>
        {done ? null : checklist}
        <Reports scope={scope} admin={admin} range={range} query={query} />
      </div>
    </>
  );
}

/** The numbers, each part with a placeholder while it loads. */
function Reports({ query, ...section }: Section & { query: Query }) {
  const { days } = section.range;
  // Keyed by the range, so that old numbers are never shown under new dates.
  const key = JSON.stringify(section.range);
  return (
    <>
      <Suspense key={`headlines ${key}`} fallback={<StatGridSkeleton tiles={8} />}>
        <Headlines {...section} />
      </Suspense>
      <Suspense
        key={`course ${key} ${String(query.chart)} ${String(query.by)}`}
        fallback={<ChartSkeleton height="h-90" />}
      >
        <CourseOverTime
          {...section}
          chart={String(query.chart ?? "")}
          unit={pageUnit(query, days)}
        />
      </Suspense>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Suspense key={`funnel ${key}`} fallback={<ListSkeleton />}>
          <FunnelCard {...section} />
        </Suspense>
        <Suspense key={`others ${key}`} fallback={<ListSkeleton />}>
          <ReferredAgainstOthers {...section} />
        </Suspense>
      </div>
      <Suspense
        key={`cohorts ${days.to} ${String(query.cohorts)}`}
        fallback={<ChartSkeleton height="h-80" />}
      >
        <Cohorts {...section} mode={query.cohorts === "unbounded" ? "unbounded" : "exact"} />
      </Suspense>
    </>
  );
}

function ChartSkeleton({ height }: { height: "h-80" | "h-90" }) {
  return (
    <Card>
      <Skeleton className={`${height} w-full`} />
    </Card>
  );
}

function ListSkeleton() {
  return (
    <Card>
      <SkeletonText lines={8} />
    </Card>
  );
}
