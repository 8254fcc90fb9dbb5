import type { Metadata } from "next";
import { ProgramForm } from "@/components/program/form/program-form";
import { PageHeader } from "@/components/ui/page/page-header";
import { requireMember } from "@/lib/auth/member";
import { adminPaths } from "@/lib/merchants/paths";
import { merchantProfile } from "@/lib/merchants/queries/merchant";
import { emptyForm } from "@/lib/programs/forms/program-form";
import { addProgram } from "../actions";

export const metadata: Metadata = { title: "New program" };

export default async function NewProgramPage({
  params,
}: {
  params: Promise<{ merchant: string }>;
}) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "program.edit");
  const shop = await merchantProfile(scope);
  return (
    <>
      <PageHeader
        title="New program"
        description="Change what you like. Nothing is public until you publish."
        breadcrumbs={[{ label: "Programs", href: adminPaths(slug).programs }]}
      />
      <ProgramForm
        action={addProgram.bind(null, slug)}
        values={emptyForm(shop.returnWindowDays)}
        shop={{ ...shop, slug }}
      />
    </>
  );
}
