import type { Metadata } from "next";
import { QualificationEditor } from "@/components/program/rules/editor/qualification-editor";
import { PageHeader } from "@/components/ui/page/page-header";
import { keepQualification } from "../actions";
import { editedProgram } from "../load";

export const metadata: Metadata = { title: "What confirms a referral" };

type Props = { params: Promise<{ merchant: string; program: string }> };

export default async function QualificationPage({ params }: Props) {
  const { merchant: slug, program: ref } = await params;
  const { program, rulesHref, shop, crumbs } = await editedProgram(slug, ref);
  return (
    <>
      <PageHeader
        title="What confirms a referral"
        description="What the friend does, so that the referral counts."
        breadcrumbs={crumbs}
      />
      <QualificationEditor
        action={keepQualification.bind(null, slug)}
        program={{ id: program.id, draft: program.draft }}
        shop={shop}
        rulesHref={rulesHref}
      />
    </>
  );
}
