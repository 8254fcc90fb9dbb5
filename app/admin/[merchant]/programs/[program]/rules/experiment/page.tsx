import type { Metadata } from "next";
import { ExperimentEditor } from "@/components/program/rules/experiment/experiment-editor";
import { ButtonLink } from "@/components/ui/controls/button";
import { PageHeader } from "@/components/ui/page/page-header";
import { randomCharacters } from "@/lib/core/id";
import { publishedExperiment } from "@/lib/programs/experiments/queries";
import { toExperimentForm } from "@/lib/terms/form";
import { emptyGroup, type ExperimentForm } from "@/lib/terms/form/shape";
import { ruleGives, ruleTitle } from "@/lib/terms/words/staff";
import { keepExperiment, stopExperiment } from "../actions";
import { editedProgram } from "../load";

export const metadata: Metadata = { title: "Experiment" };

type Props = { params: Promise<{ merchant: string; program: string }> };

export default async function EditExperimentPage({ params }: Props) {
  const { merchant: slug, program: ref } = await params;
  const { scope, program, admin, rulesHref, shop, crumbs } = await editedProgram(slug, ref);
  const { experiment, rules, currency } = program.draft;
  const nextId = `exp-${randomCharacters(6).toLowerCase()}`;
  const fixed =
    experiment !== undefined &&
    (await publishedExperiment(scope, program.id, experiment.id)) !== null;
  return (
    <>
      <PageHeader
        title="Experiment"
        description="Different rewards for different advocates, to learn which works."
        breadcrumbs={crumbs}
        actions={
          fixed ? <ButtonLink href={admin.programExperiment(program.id)}>Results</ButtonLink> : null
        }
      />
      <ExperimentEditor
        action={keepExperiment.bind(null, slug)}
        end={stopExperiment.bind(null, slug)}
        programId={program.id}
        begun={experiment !== undefined}
        form={experiment ? toExperimentForm(experiment, rules) : beginning(nextId)}
        fixed={fixed}
        nextId={nextId}
        shop={shop}
        rulesHref={rulesHref}
        rules={rules.map((rule) => ({
          id: rule.id,
          words: `${ruleTitle(rule)}: ${ruleGives(rule, currency)}`,
        }))}
      />
    </>
  );
}

/** A new experiment: two arms, half and half. */
function beginning(id: string): ExperimentForm {
  const arm = (id: string, name: string) => ({
    id,
    name,
    drawn: true,
    percent: "50",
    segment: emptyGroup,
  });
  return {
    id,
    question: "",
    arms: [arm("a", "Current reward"), arm("b", "New reward")],
    rules: {},
  };
}
