import type { Metadata } from "next";
import { QualificationEditor } from "@/components/program/rules/editor/qualification-editor";
import { PageHeader } from "@/components/ui/page/page-header";
import { keepQualification } from "../actions";
import { editedProgram } from "../load";

export const metadata: Metadata = { title: "What qualifies a referral" };

type Props = { params: Promise<{ merchant: string; program: string }> };

export default async function QualificationPage({ params }: Props) {
  const { merchant: slug, program: ref } = await params;
  const { program, rulesHref, shop, crumbs } = await editedProgram(slug, ref);
  return (
    <>
      <PageHeader
        title="What qualifies a referral"
        description="What a friend has to do for a referral to count."
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
