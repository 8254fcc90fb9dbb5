import { LineChart } from "@/components/charts/line-chart";
import { BarChart } from "@/components/charts/bar-chart";
import { CohortGrid } from "@/components/charts/cohort-grid";
import { Funnel } from "@/components/charts/funnel";
import { type DashboardRange, rangeQuery } from "@/components/insights/dashboard-range";
import { MetricStat } from "@/components/insights/metric-stat";
import { seriesTable } from "@/components/insights/series-table";
import { SideBySide } from "@/components/insights/side-by-side";
import { besideNamed, daysText, figureText } from "@/components/insights/words";
import { CheckNow } from "@/components/ledger/check-now";
import { DifferenceTable } from "@/components/ledger/difference-table";
import { Alert } from "@/components/ui/content/alert";
import { ButtonLink, TextLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { numberText } from "@/components/ui/format";
import { StatGrid } from "@/components/ui/content/stat";
import { latestCheck } from "@/lib/ledger/queries/balances";
import type { AdminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeAllows } from "@/lib/merchants/scope";
import { measure, measureAll } from "@/lib/reports";
import { cohortGrid } from "@/lib/reports/cohort-grid";
import { shiftDay } from "@/lib/reports/days";
import { funnel } from "@/lib/reports/funnel";
import { checkNow } from "./ledger/actions";
import { lowPools } from "@/lib/rewards/coupons/queries/pools";

/** The parts of the overview, each awaited by itself, so that a slow one holds up nothing else. */
type Section = { scope: Scope; admin: AdminPaths; range: DashboardRange };

/** Says so, and where, when the books did not add up when they were checked last. */
export async function LedgerAlarm({ scope, admin }: Pick<Section, "scope" | "admin">) {
  const check = await latestCheck(scope);
  if (!check || check.differences.length === 0) return null;
  const { length } = check.differences;
  return (
    <section aria-label="The ledger does not add up" className="flex flex-col gap-3">
      <Alert
        tone="bad"
        title="The ledger does not add up"
        action={
          scopeAllows(scope, "ledger.adjust") ? (
            <CheckNow action={checkNow.bind(null, scope.merchantSlug)} />
          ) : null
        }
      >
        The check of <DateTime value={check.at} timeZone={scope.timeZone} look="dateTime" /> found{" "}
        {length} {length === 1 ? "place" : "places"} where the books differ. Pay nothing out by hand
        until it is cleared up. <TextLink href={admin.ledger}>To the ledger</TextLink>
      </Alert>
      <Card flush>
        <DifferenceTable differences={check.differences.slice(0, 10)} />
      </Card>
    </section>
  );
}

/** Says so when coupon codes run out: rewards that wait for one, and pools that are low. */
export async function PoolAlarm({ scope, admin }: Pick<Section, "scope" | "admin">) {
  const pools = await lowPools(scope);
  const waiting = pools.reduce((sum, pool) => sum + pool.waiting, 0);
  const [first] = pools;
  if (!first) return null;
  return (
    <Alert
      tone={waiting > 0 ? "bad" : "warn"}
      title={
        waiting > 0
          ? `${waiting} ${waiting === 1 ? "reward waits" : "rewards wait"} for a coupon code`
          : "Coupon codes are running out"
      }
      action={
        <ButtonLink
          size="sm"
          href={pools.length === 1 ? admin.couponPool(first.id) : admin.couponPools}
        >
          Add codes
        </ButtonLink>
      }
    >
      {pools.map(({ name, left }) => `“${name}” has ${left === 0 ? "none" : left} left`).join(", ")}
      .
    </Alert>
  );
}

const HEADLINES = [
  "referral_rate",
  "referred_revenue",
  "program_cost",
  "roi",
  "enrolment_rate",
  "share_rate",
  "referral_conversion",
  "k_factor",
] as const;

export async function Headlines({ scope, admin, range }: Section) {
  const measured = await measureAll(scope, HEADLINES, range.days, { compare: range.compare });
  const shares = besideNamed(measured.share_rate.metric, "shares_per_advocate");
  const cycle = besideNamed(measured.k_factor.metric, "cycle_time");
  const notes: Partial<Record<(typeof HEADLINES)[number], string | null>> = {
    share_rate:
      shares?.value == null ? null : `${figureText(shares.value, "ratio")} shares per advocate`,
    k_factor:
      cycle?.value == null ? null : `${figureText(cycle.value, "days")} from joining to joining`,
  };
  return (
    <StatGrid>
      {HEADLINES.map((name) => (
        <MetricStat
          key={name}
          measurement={measured[name]}
          href={admin.insight(name) + rangeQuery(range)}
          note={notes[name]}
        />
      ))}
    </StatGrid>
  );
}

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

export async function CourseOverTime({ scope, range, chart }: Section & { chart: string }) {
  const name = CHARTS.find((candidate) => candidate === chart) ?? "referred_revenue";
  const measurement = await measure(scope, name, range.days, {
    compare: range.compare,
    series: true,
  });
  const { definition, comparison } = measurement;
  const table = seriesTable(
    measurement,
    scope.currency,
    comparison ? daysText(comparison.days) : "",
  );
  const Chart = definition.unit === "money" ? BarChart : LineChart;
  return (
    <Card>
      <CardHeader
        title={definition.title}
        description={definition.formula}
        className="mb-5"
        actions={
          <nav aria-label="Metric in the chart" className="flex flex-wrap gap-1">
            {CHARTS.map((option) => (
              <ButtonLink
                key={option}
                size="sm"
                variant={option === name ? "secondary" : "quiet"}
                aria-current={option === name ? "true" : undefined}
                href={rangeQuery(range, { chart: option })}
                scroll={false}
              >
                {CHART_LABELS[option]}
              </ButtonLink>
            ))}
          </nav>
        }
      />
      {table ? (
        <Chart label={`${definition.title}, ${daysText(range.days)}`} table={table} height={280} />
      ) : null}
    </Card>
  );
}

export async function FunnelCard({ scope, admin, range }: Section) {
  const { customers, friends } = await funnel(scope, range.days);
  const to = (name: string) => admin.insight(name) + rangeQuery(range);
  return (
    <Card>
      <CardHeader
        title="From seeing it to a reward"
        description="How far those came, by the end of the range, who began in it."
        className="mb-5"
      />
      <div className="grid gap-8 sm:grid-cols-2">
        <div>
          <h3 className="mb-3 text-sm font-medium">Customers</h3>
          <Funnel
            label="Customers, from seeing the program to sharing it"
            steps={[
              { label: "Saw the program", count: customers.saw, href: to("enrolment_rate") },
              { label: "Joined", count: customers.joined, href: to("enrolment_rate") },
              { label: "Shared", count: customers.shared, href: to("share_rate") },
            ]}
          />
          {customers.saw === null ? (
            <p className="mt-3 text-xs text-ink-muted">
              No visits of the program&rsquo;s page are on record in this range.
            </p>
          ) : null}
        </div>
        <div>
          <h3 className="mb-3 text-sm font-medium">Friends</h3>
          <Funnel
            label="Friends, from the click to the reward"
            steps={[
              {
                label: "Clicked, or used a code",
                count: friends.came,
                href: to("referral_conversion"),
              },
              { label: "Joined", count: friends.joined },
              { label: "Qualified", count: friends.qualified, href: to("referral_conversion") },
              { label: "Rewarded", count: friends.rewarded, href: to("program_cost") },
            ]}
          />
        </div>
      </div>
    </Card>
  );
}

const COMPARED = ["retention", "clv", "repeat_purchase_rate", "aov", "survival"] as const;

export async function ReferredAgainstOthers({ scope, admin, range }: Section) {
  const measured = await measureAll(scope, COMPARED, range.days);
  const to = (name: string) => admin.insight(name) + rangeQuery(range);
  return (
    <Card>
      <CardHeader
        title="Referred customers and others"
        description="Where the ranges below two numbers overlap, the difference may be chance."
        className="mb-4"
      />
      <SideBySide
        rows={[
          { measurement: measured.retention, href: to("retention") },
          { measurement: measured.clv, href: to("clv"), title: "Value so far" },
          {
            measurement: measured.clv,
            href: to("clv"),
            title: "Value of the next 12 months",
            keys: ["predicted_referred", "predicted_other"],
          },
          { measurement: measured.survival, href: to("survival") },
          { measurement: measured.repeat_purchase_rate, href: to("repeat_purchase_rate") },
          { measurement: measured.aov, href: to("aov") },
        ]}
      />
    </Card>
  );
}

/** Twelve months up to the one in which the range ends. */
export async function Cohorts({ scope, range, mode }: Section & { mode: "exact" | "unbounded" }) {
  const { to } = range.days;
  const from = shiftDay(`${to.slice(0, 7)}-01`, -330);
  const grid = await cohortGrid(scope, {
    days: { from, to },
    unit: "month",
    mode,
    cohorts: "first",
    who: "all",
  });
  const month = (day: string) =>
    new Intl.DateTimeFormat("en", { month: "short", year: "numeric", timeZone: "UTC" }).format(
      new Date(`${day}T00:00:00Z`),
    );
  const rows = grid.rows.filter((row) => row.size > 0);
  return (
    <Card>
      <CardHeader
        title="Who comes back"
        description={
          mode === "exact"
            ? "Share of each month's new customers that ordered in the month shown."
            : "Share of each month's new customers that ordered in the month shown or later."
        }
        className="mb-4"
        actions={
          <nav aria-label="How retention is counted" className="flex gap-1">
            {(["exact", "unbounded"] as const).map((option) => (
              <ButtonLink
                key={option}
                size="sm"
                variant={option === mode ? "secondary" : "quiet"}
                aria-current={option === mode ? "true" : undefined}
                href={rangeQuery(range, { cohorts: option })}
                scroll={false}
              >
                {option === "exact" ? "In that month" : "Then or later"}
              </ButtonLink>
            ))}
          </nav>
        }
      />
      {rows.length === 0 ? (
        <Empty title="No new customers in these months" bare>
          A cohort begins with its first order.
        </Empty>
      ) : (
        <CohortGrid
          label="Retention by month of the first order"
          rowLabel="First order"
          columnLabel={`Months since the first order; ${numberText(rows.reduce((sum, row) => sum + row.size, 0))} customers`}
          cohorts={rows.map((row) => ({
            label: month(row.days.from),
            size: row.size,
            shares: row.active.map((active) => active / row.size),
            ...(row.fillingAt !== null && { partialAt: row.fillingAt }),
          }))}
        />
      )}
    </Card>
  );
}
