import { isInPoints } from "@/lib/terms/kinds/benefits";
import { Plus, Trophy } from "lucide-react";
import { BarChart } from "@/components/charts/bar-chart";
import type { ChartTable } from "@/components/charts/table";
import { Person } from "@/components/customer/person";
import { pointsText } from "@/components/loyalty/words";
import { PointsRules, type PointsProgram } from "@/components/loyalty/points/points-rules";
import { ButtonLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { numberText } from "@/components/ui/format";
import { Table } from "@/components/ui/content/table";
import { pointsByMonth, topEarners } from "@/lib/loyalty/points/queries/points-overview";
import type { AdminPaths } from "@/lib/merchants/paths";
import type { Scope } from "@/lib/merchants/scope";
import { listPrograms } from "@/lib/programs/queries";
import { RULE_TEMPLATES } from "@/lib/programs/templates/rule-templates";
import { ruleGives, ruleLimits, ruleWhen } from "@/lib/terms/words/staff";
import { switchedOn } from "@/lib/terms/rules/applying";

type Section = { scope: Scope; admin: AdminPaths };

const TEMPLATES = RULE_TEMPLATES.filter(({ group }) => group === "points");

/** Every rule that grants points, as a sentence, and where to add one. */
export async function EarningCard({ scope, admin, mayEdit }: Section & { mayEdit: boolean }) {
  const programs = (await listPrograms(scope)).filter(({ state }) => state !== "ended");
  const rules = programs.map(({ id, name, state, terms }): PointsProgram => {
    const editHref = admin.programRules(id);
    return {
      id,
      name,
      state,
      editHref,
      rules: switchedOn(terms)
        .rules.filter(({ benefit }) => isInPoints(benefit))
        .map((rule) => ({
          key: rule.id,
          title: ruleWhen(rule, terms.currency),
          sentence: `${ruleGives(rule, terms.currency)}.`,
          limits: ruleLimits(rule, terms).map((limit) => `${limit}.`),
          editHref: `${editHref}/rule/${rule.id}`,
        })),
    };
  });
  const target = programs.find(({ state }) => state === "live") ?? programs[0];
  return (
    <Card>
      <CardHeader
        title="How points are earned"
        description="The program rules that grant points."
        className="mb-4"
      />
      <PointsRules
        programs={rules}
        newProgramHref={mayEdit && programs.length === 0 ? admin.newProgram : null}
        mayEdit={mayEdit}
      />
      {mayEdit && target ? (
        <div className="mt-5 border-t border-line pt-4">
          <p className="mb-2.5 text-sm font-medium">Add a points rule to {target.name}</p>
          <div className="flex flex-wrap gap-2">
            {TEMPLATES.map(({ id, title }) => (
              <ButtonLink
                key={id}
                size="sm"
                icon={<Plus aria-hidden="true" />}
                href={`${admin.programRules(target.id)}/new?from=${id}`}
              >
                {title}
              </ButtonLink>
            ))}
          </div>
        </div>
      ) : null}
    </Card>
  );
}

const SERIES = [
  { key: "given", label: "Released" },
  { key: "spent", label: "Spent" },
  { key: "expired", label: "Expired" },
  { key: "reversed", label: "Reversed" },
] as const;

/** Points released, spent, expired and reversed, by month. */
export async function MonthsCard({ scope }: Pick<Section, "scope">) {
  const months = await pointsByMonth(scope);
  const label = (month: string) =>
    new Intl.DateTimeFormat("en", { month: "short", year: "numeric", timeZone: "UTC" }).format(
      new Date(`${month}-01T00:00:00Z`),
    );
  const begun = months.findIndex((month) => SERIES.some(({ key }) => month[key] !== 0n));
  const table: ChartTable = {
    dimension: "Month",
    unit: { kind: "count" },
    series: [...SERIES],
    rows: (begun === -1 ? [] : months.slice(begun)).map(({ month, partial, ...sums }) => ({
      label: label(month),
      partial,
      values: Object.fromEntries(SERIES.map(({ key }) => [key, Number(sums[key])])),
    })),
  };
  return (
    <Card>
      <CardHeader
        title="By month"
        description="Released when their hold ended; spent minus what was returned."
        className="mb-5"
      />
      {table.rows.length === 0 ? (
        <Empty title="No points released yet" bare>
          The first month appears with the first points.
        </Empty>
      ) : (
        <BarChart
          label="Points released, spent, expired and reversed by month"
          table={table}
          height={220}
        />
      )}
    </Card>
  );
}

/** Who earned most in a year. */
export async function EarnersCard({ scope, admin }: Section) {
  const earners = await topEarners(scope);
  return (
    <Card flush>
      <CardHeader
        title="Top earners"
        description="In the last 12 months, minus reversals."
        className="px-5 pt-5 pb-3"
      />
      <Table
        caption="Top earners"
        rows={earners}
        rowKey={({ customerId }) => customerId}
        rowHref={({ customerId }) => admin.customer(customerId)}
        empty={
          <Empty title="No points earned yet" icon={<Trophy aria-hidden="true" />} bare>
            The customers who earn the most appear here.
          </Empty>
        }
        columns={[
          {
            key: "customer",
            header: "Customer",
            primary: true,
            cell: (row) => <Person person={row} />,
          },
          {
            key: "earned",
            header: "Earned",
            numeric: true,
            cell: ({ earned }) => pointsText(earned),
          },
          {
            key: "points",
            header: "To spend",
            numeric: true,
            cell: ({ points }) => numberText(Number(points)),
          },
        ]}
      />
    </Card>
  );
}
