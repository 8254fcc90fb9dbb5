import type { Metadata } from "next";
import { LimitsEditor } from "@/components/program/rules/editor/limits-editor";
import { PageHeader } from "@/components/ui/page/page-header";
import { keepLimits } from "../actions";
import { editedProgram } from "../load";

export const metadata: Metadata = { title: "Limits and budget" };

type Props = { params: Promise<{ merchant: string; program: string }> };

export default async function LimitsPage({ params }: Props) {
  const { merchant: slug, program: ref } = await params;
  const { program, rulesHref, shop, crumbs } = await editedProgram(slug, ref);
  return (
    <>
      <PageHeader
        title="Limits and budget"
        description="Applies to all rules together."
        breadcrumbs={crumbs}
      />
      <LimitsEditor
        action={keepLimits.bind(null, slug)}
        program={{ id: program.id, draft: program.draft }}
        shop={shop}
        rulesHref={rulesHref}
      />
    </>
  );
}
