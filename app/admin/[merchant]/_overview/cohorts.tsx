import { CohortGrid } from "@/components/charts/cohort-grid";
import { rangeQuery } from "@/components/insights/dashboard-range";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { ButtonLink } from "@/components/ui/controls/button";
import { numberText } from "@/components/ui/format";
import { cohortGrid } from "@/lib/reports/retention/cohort-grid";
import { shiftDay } from "@/lib/core/values/day";
import type { Section } from "./section";

type Mode = "exact" | "unbounded";

/** Retention of the last twelve monthly cohorts, up to the month in which the range ends. */
export async function Cohorts({ scope, range, mode }: Section & { mode: Mode }) {
  const { to } = range.days;
  const from = shiftDay(`${to.slice(0, 7)}-01`, -330);
  const grid = await cohortGrid(scope, {
    days: { from, to },
    unit: "month",
    mode,
    cohorts: "first",
    who: "all",
  });
  const rows = grid.rows.filter((row) => row.size > 0);
  const customers = numberText(rows.reduce((sum, row) => sum + row.size, 0));
  return (
    <Card>
      <CardHeader
        title="Retention by cohort"
        description={
          mode === "exact"
            ? "Share of each month’s new customers who ordered in the month shown."
            : "Share of each month’s new customers who ordered in the month shown or later."
        }
        className="mb-4"
        actions={<ModeLinks range={range} mode={mode} />}
      />
      {rows.length === 0 ? (
        <Empty title="No new customers in these months" bare>
          A cohort starts with a customer’s first order.
        </Empty>
      ) : (
        <CohortGrid
          label="Retention by month of the first order"
          rowLabel="First order"
          columnLabel={`Months since the first order; ${customers} customers`}
          cohorts={rows.map((row) => ({
            label: monthText(row.days.from),
            size: row.size,
            shares: row.active.map((active) => active / row.size),
            ...(row.fillingAt !== null && { partialAt: row.fillingAt }),
          }))}
        />
      )}
    </Card>
  );
}

function ModeLinks({ range, mode }: { range: Section["range"]; mode: Mode }) {
  return (
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
          {option === "exact" ? "That month" : "That month or later"}
        </ButtonLink>
      ))}
    </nav>
  );
}

function monthText(day: string): string {
  return new Intl.DateTimeFormat("en", {
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(`${day}T00:00:00Z`));
}
