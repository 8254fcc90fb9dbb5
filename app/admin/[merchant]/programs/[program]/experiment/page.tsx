import { FlaskConical } from "lucide-react";
import type { Metadata } from "next";
import { ArmComparison, PlanText } from "@/components/insights/arm-comparison";
import { ArmTable } from "@/components/insights/arm-table";
import { Alert } from "@/components/ui/content/alert";
import { Badge } from "@/components/ui/content/badge";
import { ButtonLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DefinitionList } from "@/components/ui/content/definition-list";
import { dateTimeText } from "@/components/ui/format";
import { Empty } from "@/components/ui/content/empty";
import { PageHeader } from "@/components/ui/page/page-header";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows } from "@/lib/merchants/scope";
import { findProgram } from "@/lib/programs/queries";
import {
  definition,
  type ExperimentResults,
  experimentResults,
} from "@/lib/reports/experiments/experiment";
import { ALWAYS_EXCLUDED } from "@/lib/reports/metric";

export const metadata: Metadata = { title: "Experiment" };

type Props = { params: Promise<{ merchant: string; program: string }> };

export default async function ExperimentPage({ params }: Props) {
  const { merchant: slug, program: ref } = await params;
  const scope = await requireMember(slug, "insights.read");
  const program = await found(findProgram(scope, ref));
  const results = await experimentResults(scope, program.id);
  const admin = adminPaths(slug);
  const list = admin.programs;
  const since =
    results &&
    dateTimeText(results.since, { locale: "en", timeZone: scope.timeZone, look: "date" });
  return (
    <>
      <PageHeader
        title={results?.experiment.question ?? "Experiment"}
        status={
          results ? (
            <Badge tone={results.running ? "good" : "neutral"}>
              {results.running ? "Running" : "Ended"}
            </Badge>
          ) : null
        }
        description={
          results
            ? `Running since ${since}. Each advocate stays in the arm they were assigned to.`
            : undefined
        }
        breadcrumbs={[
          { label: "Programs", href: list },
          { label: program.name, href: admin.program(program.id) },
        ]}
      />
      {results ? (
        <Results results={results} asset={scope.asset} />
      ) : (
        <Empty
          title="No experiment yet"
          icon={<FlaskConical aria-hidden="true" />}
          action={
            scopeAllows(scope, "program.edit") ? (
              <ButtonLink href={admin.programRules(program.id)}>Edit rules</ButtonLink>
            ) : undefined
          }
        >
          Give advocates different rewards at random, and see here which brings more friends. Add
          arms under the program’s rules and publish them.
        </Empty>
      )}
    </>
  );
}

function Results({
  results,
  asset,
}: {
  results: ExperimentResults;
  asset: Parameters<typeof ArmComparison>[0]["asset"];
}) {
  const { arms, comparisons, plan, unevenDraw } = results;
  const baseline = arms.find(({ shareBp }) => shareBp !== null)?.id ?? null;
  return (
    <div className="flex flex-col gap-6">
      {unevenDraw?.mismatch ? (
        <Alert tone="bad" title="The arms are not the size they should be">
          Chance alone does not assign advocates like this (p = {unevenDraw.p.toExponential(1)}).
          Something favours one arm. Do not trust the comparison until you know the cause.
        </Alert>
      ) : null}
      <Card flush>
        <ArmTable arms={arms} baseline={baseline} />
      </Card>
      <Card>
        <CardHeader
          title="What the results show"
          description={<PlanText plan={plan} />}
          className="mb-5"
        />
        {comparisons.map((comparison) => (
          <ArmComparison key={comparison.arm} comparison={comparison} arms={arms} asset={asset} />
        ))}
        {arms.some(({ shareBp }) => shareBp === null) ? (
          <p className="mt-4 border-t border-line pt-4 text-sm text-ink-muted">
            Members of a segment’s arm were not assigned at random and differ from the start, so
            they are not compared.
          </p>
        ) : null}
      </Card>
      <Card>
        <CardHeader title="How it is calculated" className="mb-5" />
        <DefinitionList
          items={[
            { term: "Formulas", value: definition.formula },
            { term: "Counted", value: definition.numerator },
            { term: "Out of", value: definition.denominator },
            { term: "Window", value: definition.window },
            { term: "Excluded", value: definition.exclusions, hint: ALWAYS_EXCLUDED },
            { term: "Intervals and tests", value: definition.interval },
          ]}
        />
      </Card>
    </div>
  );
}
