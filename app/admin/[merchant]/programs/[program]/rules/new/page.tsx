import type { Metadata } from "next";
import { RuleEditor } from "@/components/program/rules/editor/rule-editor";
import { PageHeader } from "@/components/ui/page/page-header";
import { RULE_TEMPLATES } from "@/lib/programs/templates/rule-templates";
import { keepRule } from "../actions";
import { editedProgram } from "../load";

export const metadata: Metadata = { title: "New rule" };

type Props = {
  params: Promise<{ merchant: string; program: string }>;
  searchParams: Promise<{ from?: string | string[] }>;
};

export default async function NewRulePage({ params, searchParams }: Props) {
  const { merchant: slug, program: ref } = await params;
  const { from } = await searchParams;
  const { program, rulesHref, shop, crumbs } = await editedProgram(slug, ref);
  const template = RULE_TEMPLATES.find(({ id }) => id === from) ?? RULE_TEMPLATES[0]!;
  return (
    <>
      <PageHeader
        title="New rule"
        description={`Based on “${template.title}”. Change what you like.`}
        breadcrumbs={crumbs}
      />
      <RuleEditor
        key={template.id}
        action={keepRule.bind(null, slug)}
        rule={template.rule(shop)}
        program={{ id: program.id, draft: program.draft }}
        ruleId={null}
        keptAs={`new:${template.id}`}
        shop={shop}
        rulesHref={rulesHref}
      />
    </>
  );
}
