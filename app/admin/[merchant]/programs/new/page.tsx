import type { Metadata } from "next";
import { ProgramForm } from "@/components/program/program-form";
import { PageHeader } from "@/components/ui/page/page-header";
import { requireMember } from "@/lib/auth/member";
import { adminPaths } from "@/lib/merchants/paths";
import { merchantProfile } from "@/lib/merchants/queries";
import { emptyForm } from "@/lib/programs/form";
import { saveProgram } from "../actions";

export const metadata: Metadata = { title: "New program" };

export default async function NewProgramPage({
  params,
}: {
  params: Promise<{ merchant: string }>;
}) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "program.edit");
  const shop = await merchantProfile(scope);
  const listHref = adminPaths(slug).programs;
  return (
    <>
      <PageHeader
        title="New program"
        description="The answers below make a good first program. Change what you like; nothing is public before you publish."
        breadcrumbs={[{ label: "Programs", href: listHref }]}
      />
      <ProgramForm
        action={saveProgram.bind(null, slug)}
        values={emptyForm(shop.returnWindowDays)}
        program={null}
        shop={shop}
        listHref={listHref}
      />
    </>
  );
}
