import type { Metadata } from "next";
import { ProgramActions } from "@/components/program/program-actions";
import { ProgramState } from "@/components/program/program-state";
import { ButtonLink } from "@/components/ui/controls/button";
import { PageHeader } from "@/components/ui/page/page-header";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows, scopeNow } from "@/lib/merchants/scope";
import { wordChanges } from "@/lib/terms/words/changes";
import { findProgram, listVersions } from "@/lib/programs/queries";
import { programNumbers } from "@/lib/reports/growth/program-numbers";
import { duplicateProgram, setProgramState } from "../actions";
import { LatestReferrals } from "./_sections/latest-referrals";
import {
  CustomersPageCard,
  ExperimentNotice,
  NotPublished,
  UnpublishedChanges,
} from "./_sections/program-notices";
import { ProgramStats } from "./_sections/program-stats";
import { TermsCard, VersionsCard } from "./_sections/terms-and-versions";

type Props = { params: Promise<{ merchant: string; program: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { merchant, program } = await params;
  const scope = await requireMember(merchant, "program.read");
  return { title: (await found(findProgram(scope, program))).name };
}

export default async function ProgramPage({ params }: Props) {
  const { merchant: slug, program: ref } = await params;
  const scope = await requireMember(slug, "program.read");
  const program = await found(findProgram(scope, ref));
  const [versions, numbers] = await Promise.all([
    listVersions(scope, program.id),
    programNumbers(scope, program.id),
  ]);
  const { timeZone, asset } = scope;
  const { id, name, state, draft, currentVersion } = program;
  const admin = adminPaths(slug);
  const current = versions.find(({ version }) => version === currentVersion) ?? null;
  const terms = current?.terms ?? draft;
  const mayEdit = scopeAllows(scope, "program.edit");
  const ranExperiment = versions.some((version) => version.terms.experiment);
  return (
    <>
      <PageHeader
        title={name}
        status={<ProgramState state={state} terms={terms} now={scopeNow(scope)} />}
        breadcrumbs={[{ label: "Programs", href: admin.programs }]}
        actions={
          <>
            <ButtonLink href={admin.programFriend(id)}>Friend’s view</ButtonLink>
            {mayEdit ? (
              <ProgramActions
                program={{ id, name, state }}
                setState={setProgramState.bind(null, slug)}
                copy={duplicateProgram.bind(null, slug)}
                slug={slug}
              />
            ) : null}
          </>
        }
      />
      <div className="flex flex-col gap-6">
        {current === null ? <NotPublished /> : <CustomersPageCard slug={program.slug} />}
        <UnpublishedChanges
          admin={admin}
          programId={id}
          changes={current ? wordChanges(current.terms, draft, timeZone) : []}
          mayEdit={mayEdit}
        />
        {ranExperiment && scopeAllows(scope, "insights.read") ? (
          <ExperimentNotice
            href={admin.programExperiment(id)}
            question={terms.experiment?.question ?? null}
          />
        ) : null}
        {current ? (
          <>
            <ProgramStats numbers={numbers} budget={terms.budget} asset={asset} />
            <LatestReferrals scope={scope} admin={admin} program={program} />
          </>
        ) : null}
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <TermsCard
            title={current ? "Current terms" : "Draft terms"}
            terms={terms}
            timeZone={timeZone}
          />
          <VersionsCard versions={versions} current={currentVersion} timeZone={timeZone} />
        </div>
      </div>
    </>
  );
}
