import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { DetailsForm } from "@/components/program/form/details-form";
import { Alert } from "@/components/ui/content/alert";
import { TextLink } from "@/components/ui/controls/button";
import { PageHeader } from "@/components/ui/page/page-header";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { adminPaths } from "@/lib/merchants/paths";
import { merchantProfile } from "@/lib/merchants/queries/merchant";
import { findProgram } from "@/lib/programs/queries";
import { editDetails } from "../../actions";

export const metadata: Metadata = { title: "Program details" };

export default async function ProgramDetailsPage({
  params,
}: {
  params: Promise<{ merchant: string; program: string }>;
}) {
  const { merchant: slug, program: ref } = await params;
  const scope = await requireMember(slug, "program.edit");
  const { id, name, draft, state, currentVersion } = await found(findProgram(scope, ref));
  const admin = adminPaths(slug);
  if (state === "ended") redirect(admin.program(id));
  const shop = await merchantProfile(scope);
  return (
    <>
      <PageHeader
        title={`Details of ${name}`}
        description={
          currentVersion === null
            ? "Nothing is public until you publish."
            : `Version ${currentVersion} stays in effect until you publish.`
        }
        breadcrumbs={[
          { label: "Programs", href: admin.programs },
          { label: name, href: admin.program(id) },
        ]}
      />
      <div className="flex flex-col gap-6">
        <Alert action={<TextLink href={admin.programRules(id)}>Edit rules</TextLink>}>
          Rewards, limits and what qualifies a referral are set by the program’s rules.
        </Alert>
        <DetailsForm
          key={id}
          action={editDetails.bind(null, slug)}
          program={{ id, name, draft }}
          shop={{ ...shop, slug }}
        />
      </div>
    </>
  );
}
