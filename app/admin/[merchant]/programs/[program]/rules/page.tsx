import type { Metadata } from "next";
import { AddRule } from "@/components/program/rules/list/add-rule";
import { termNames } from "@/components/terms/terms-shop";
import { PublishRules } from "@/components/program/rules/list/publish-rules";
import { RuleList } from "@/components/program/rules/list/rule-list";
import { PageHeader } from "@/components/ui/page/page-header";
import { copyRule, deleteRule, placeRule, publishDraft, putRuleBack, turnRule } from "./actions";
import { DraftAspects } from "./_sections/draft-aspects";
import { ruleSections } from "./_sections/rule-sections";
import { editedProgram, versionInForce } from "./load";

export const metadata: Metadata = { title: "Rules" };

type Props = { params: Promise<{ merchant: string; program: string }> };

export default async function RulesPage({ params }: Props) {
  const { merchant: slug, program: ref } = await params;
  const { scope, program, admin, shop, crumbs } = await editedProgram(slug, ref);
  const { id, state, draft } = program;
  const names = termNames(shop);
  const current = await versionInForce(scope, program);
  return (
    <>
      <PageHeader
        title="Rules"
        description="What advocates and friends earn. Changes take effect when you publish."
        breadcrumbs={crumbs.slice(0, -1)}
        actions={<AddRule slug={slug} programId={id} />}
      />
      <div className="flex flex-col gap-6">
        <RuleList
          sections={ruleSections(draft, names)}
          slug={slug}
          programId={id}
          actions={{
            remove: deleteRule.bind(null, slug),
            restore: putRuleBack.bind(null, slug),
            duplicate: copyRule.bind(null, slug),
            move: placeRule.bind(null, slug),
            switchTo: turnRule.bind(null, slug),
          }}
        />
        <DraftAspects
          admin={admin}
          programId={id}
          draft={draft}
          names={names}
          timeZone={scope.timeZone}
        />
        <PublishRules
          publish={publishDraft.bind(null, slug)}
          program={{ id, state, current }}
          draft={draft}
          timeZone={scope.timeZone}
          names={names}
          slug={slug}
        />
      </div>
    </>
  );
}
