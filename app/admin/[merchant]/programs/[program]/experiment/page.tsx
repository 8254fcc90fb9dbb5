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
              {results.running ? "Running" : "Over"}
            </Badge>
          ) : null
        }
        description={
          results ? `Advocates are drawn into an arm and stay there. Since ${since}.` : undefined
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
              <ButtonLink href={admin.programRules(program.id)}>Edit the program</ButtonLink>
            ) : undefined
          }
        >
          Let different advocates offer different rewards, by lot, and see here which one brings
          more friends. Add the arms to the program’s terms and publish them.
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
        <Alert tone="bad" title="The arms are not as large as they should be">
          Chance alone does not spread advocates like this (p = {unevenDraw.p.toExponential(1)}).
          Something sends people to one arm rather than another; do not trust the comparison before
          you know what.
        </Alert>
      ) : null}
      <Card flush>
        <ArmTable arms={arms} baseline={baseline} />
      </Card>
      <Card>
        <CardHeader
          title="What can be told"
          description={<PlanText plan={plan} />}
          className="mb-5"
        />
        {comparisons.map((comparison) => (
          <ArmComparison key={comparison.arm} comparison={comparison} arms={arms} asset={asset} />
        ))}
        {arms.some(({ shareBp }) => shareBp === null) ? (
          <p className="mt-4 border-t border-line pt-4 text-sm text-ink-muted">
            The people of a segment’s arm were not drawn by lot: they differ from the others to
            begin with, so they are not compared.
          </p>
        ) : null}
      </Card>
      <Card>
        <CardHeader title="What these numbers are" className="mb-5" />
        <DefinitionList
          items={[
            { term: "Formulas", value: definition.formula },
            { term: "Counted", value: definition.numerator },
            { term: "Out of", value: definition.denominator },
            { term: "Window", value: definition.window },
            { term: "Left out", value: definition.exclusions, hint: ALWAYS_EXCLUDED },
            { term: "Intervals and tests", value: definition.interval },
          ]}
        />
      </Card>
    </div>
  );
}
