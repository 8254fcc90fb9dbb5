import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ProgramForm } from "@/components/program/program-form";
import { Alert } from "@/components/ui/content/alert";
import { TextLink } from "@/components/ui/controls/button";
import { PageHeader } from "@/components/ui/page/page-header";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { adminPaths } from "@/lib/merchants/paths";
import { merchantProfile } from "@/lib/merchants/queries";
import { formCovers, toForm } from "@/lib/programs/form";
import { findProgram, termsOf } from "@/lib/programs/queries";
import { saveProgram } from "../../actions";

export const metadata: Metadata = { title: "Edit program" };

export default async function EditProgramPage({
  params,
}: {
  params: Promise<{ merchant: string; program: string }>;
}) {
  const { merchant: slug, program: ref } = await params;
  const scope = await requireMember(slug, "program.edit");
  const program = await found(findProgram(scope, ref));
  const admin = adminPaths(slug);
  const listHref = admin.programs;
  if (program.state === "ended") redirect(admin.program(program.id));
  const shop = await merchantProfile(scope);
  const current =
    program.currentVersion === null
      ? null
      : {
          version: program.currentVersion,
          terms: await termsOf(scope, program.id, program.currentVersion),
        };
  return (
    <>
      <PageHeader
        title={`Edit ${program.name}`}
        description={
          current
            ? `Version ${current.version} stays in force until you publish.`
            : "Nothing is public before you publish."
        }
        breadcrumbs={[
          { label: "Programs", href: listHref },
          { label: program.name, href: admin.program(program.id) },
        ]}
      />
      <div className="flex flex-col gap-6">
        {formCovers(program.name, program.draft, shop.timeZone) ? null : (
          <Alert
            tone="accent"
            title="The rules say more than this form"
            action={<TextLink href={admin.programRules(program.id)}>Open the rules</TextLink>}
          >
            It shows the main rewards. What it has no fields for stays as it is.
          </Alert>
        )}
        <ProgramForm
          key={program.id}
          action={saveProgram.bind(null, slug)}
          values={toForm(program.name, program.draft, shop.timeZone)}
          program={{ id: program.id, state: program.state, draft: program.draft, current }}
          shop={shop}
          listHref={listHref}
        />
      </div>
    </>
  );
}
