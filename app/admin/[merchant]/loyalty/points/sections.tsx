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
import { inForce } from "@/lib/terms/rules/applying";

type Section = { scope: Scope; admin: AdminPaths };

const TEMPLATES = RULE_TEMPLATES.filter(({ group }) => group === "points");

/** Every rule that gives points, as a sentence, and where to add one. */
export async function EarningCard({ scope, admin, mayEdit }: Section & { mayEdit: boolean }) {
  const programs = (await listPrograms(scope)).filter(({ state }) => state !== "ended");
  const rules = programs.map(({ id, name, state, terms }): PointsProgram => {
    const editHref = admin.programRules(id);
    return {
      id,
      name,
      state,
      editHref,
      rules: inForce(terms)
        .rules.filter(({ benefit }) => benefit.kind === "points")
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
        description="The rules of your programs that give points."
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
  { key: "given", label: "Given" },
  { key: "spent", label: "Spent" },
  { key: "expired", label: "Ran out" },
  { key: "calledBack", label: "Called back" },
] as const;

/** What was given and what became of it, by month. */
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
        description="Given once their hold was over; spent less what was given back."
        className="mb-5"
      />
      {table.rows.length === 0 ? (
        <Empty title="No points have been given yet" bare>
          The first month appears with the first points.
        </Empty>
      ) : (
        <BarChart
          label="Points given, spent, run out and called back by month"
          table={table}
          height={220}
        />
      )}
    </Card>
  );
}

/** Who was given most in a year. */
export async function EarnersCard({ scope, admin }: Section) {
  const earners = await topEarners(scope);
  return (
    <Card flush>
      <CardHeader
        title="Top earners"
        description="In the last twelve months, less what was called back."
        className="px-5 pt-5 pb-3"
      />
      <Table
        caption="Top earners"
        rows={earners}
        rowKey={({ customerId }) => customerId}
        rowHref={({ customerId }) => admin.customer(customerId)}
        empty={
          <Empty title="Nobody yet" icon={<Trophy aria-hidden="true" />} bare>
            Who earns most appears here.
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
