import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RuleEditor } from "@/components/program/rules/editor/rule-editor";
import { Badge } from "@/components/ui/content/badge";
import { PageHeader } from "@/components/ui/page/page-header";
import { ruleTitle } from "@/lib/terms/words/staff";
import { keepRule } from "../../actions";
import { editedProgram } from "../../load";

export const metadata: Metadata = { title: "Edit rule" };

type Props = { params: Promise<{ merchant: string; program: string; rule: string }> };

export default async function RulePage({ params }: Props) {
  const { merchant: slug, program: ref, rule: ruleId } = await params;
  const { program, rulesHref, shop, crumbs } = await editedProgram(slug, ref);
  const rule = program.draft.rules.find(({ id }) => id === ruleId);
  if (!rule) notFound();
  return (
    <>
      <PageHeader
        title={ruleTitle(rule)}
        status={rule.off ? <Badge>Switched off</Badge> : null}
        breadcrumbs={crumbs}
      />
      <RuleEditor
        key={rule.id}
        action={keepRule.bind(null, slug)}
        rule={rule}
        program={{ id: program.id, draft: program.draft }}
        ruleId={rule.id}
        keptAs={rule.id}
        shop={shop}
        rulesHref={rulesHref}
      />
    </>
  );
}
