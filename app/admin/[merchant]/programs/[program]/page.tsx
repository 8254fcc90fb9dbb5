import { UserRoundPlus } from "lucide-react";
import type { Metadata } from "next";
import { ProgramActions } from "@/components/program/program-actions";
import { ProgramState } from "@/components/program/program-state";
import { VersionList } from "@/components/program/version-list";
import { ReferralTable } from "@/components/referral/referral-table";
import { Alert } from "@/components/ui/content/alert";
import { ButtonLink, TextLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { CopyField } from "@/components/ui/controls/copy-button";
import { DefinitionList } from "@/components/ui/content/definition-list";
import { Empty } from "@/components/ui/content/empty";
import { moneyText, numberText } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page/page-header";
import { Stat, StatGrid } from "@/components/ui/content/stat";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { publicUrl } from "@/lib/core/address";
import { parseMoney } from "@/lib/core/money";
import { withQuery } from "@/lib/core/query-string";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows, scopeNow } from "@/lib/merchants/scope";
import { wordChanges, wordTerms } from "@/lib/terms/words/changes";
import { findProgram, listVersions } from "@/lib/programs/queries";
import { listReferrals } from "@/lib/referrals/queries/referrals";
import { programNumbers } from "@/lib/reports/growth/program-numbers";
import { duplicateProgram, setProgramState } from "../actions";

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
  const [versions, numbers, latest] = await Promise.all([
    listVersions(scope, program.id),
    programNumbers(scope, program.id),
    listReferrals(scope, { program: program.id, limit: 8 }),
  ]);
  const { timeZone, asset } = scope;
  const admin = adminPaths(slug);
  const current = versions.find(({ version }) => version === program.currentVersion) ?? null;
  const terms = current?.terms ?? program.draft;
  const unpublished = current ? wordChanges(current.terms, program.draft, timeZone) : [];
  const mayEdit = scopeAllows(scope, "program.edit");
  const link = publicUrl(`/refer/${program.slug}`);
  const budget =
    terms.budget.cost === null ? null : moneyText(parseMoney(terms.budget.cost, asset), "en");
  return (
    <>
      <PageHeader
        title={program.name}
        status={<ProgramState state={program.state} terms={terms} now={scopeNow(scope)} />}
        breadcrumbs={[{ label: "Programs", href: admin.programs }]}
        actions={
          mayEdit ? (
            <ProgramActions
              program={{ id: program.id, name: program.name, state: program.state }}
              setState={setProgramState.bind(null, slug)}
              copy={duplicateProgram.bind(null, slug)}
              slug={slug}
            />
          ) : null
        }
      />
      <div className="flex flex-col gap-6">
        {current === null ? (
          <Alert tone="accent" title="Not published yet">
            Nobody can join before you publish it. What it will promise stands below.
          </Alert>
        ) : (
          <Card>
            <CardHeader
              title="Your customers’ page"
              description="Put this link in your shop, your mails or on a receipt. Customers get their own link there."
              actions={
                <ButtonLink size="sm" href={`/refer/${program.slug}`} target="_blank">
                  Open
                </ButtonLink>
              }
              className="mb-4"
            />
            <CopyField name="Link to the customers’ page" value={link} label="Copy link" />
          </Card>
        )}
        {unpublished.length > 0 ? (
          <Alert
            tone="accent"
            title="The draft has changes that are not published"
            action={
              mayEdit ? (
                <span className="flex flex-wrap justify-end gap-x-4 gap-y-1">
                  <TextLink href={admin.programReplay(program.id)}>Replay</TextLink>
                  <TextLink href={admin.programRules(program.id)}>Review and publish</TextLink>
                </span>
              ) : undefined
            }
          >
            {unpublished.map(({ label }) => label).join(", ")}
          </Alert>
        ) : null}
        {versions.some((version) => version.terms.experiment) &&
        scopeAllows(scope, "insights.read") ? (
          <Alert
            action={
              <TextLink href={admin.programExperiment(program.id)}>See how the arms do</TextLink>
            }
          >
            {terms.experiment
              ? `An experiment is running: ${terms.experiment.question}`
              : "An experiment ran in this program."}
          </Alert>
        ) : null}
        {current ? (
          <StatGrid columns={3}>
            <Stat
              label="Advocates"
              value={numberText(numbers.advocates)}
              note="Customers who joined to share"
            />
            <Stat
              label="Link clicks"
              value={numberText(numbers.clicks)}
              note="Bots and previews left out"
            />
            <Stat
              label="Friends"
              value={numberText(numbers.friends)}
              note="Joined, and not rejected"
            />
            <Stat
              label="Qualified"
              value={numberText(numbers.qualified)}
              note={`of ${numberText(numbers.friends)} friends`}
            />
            <Stat
              label="Rewards"
              value={numberText(numbers.rewards)}
              note={
                terms.budget.rewards === null
                  ? "On hold, released or used"
                  : `of ${numberText(terms.budget.rewards)} at most`
              }
            />
            <Stat
              label="Cost"
              value={moneyText({ minor: numbers.costMinor, asset }, "en")}
              note={
                budget === null ? "Of those rewards; refunds are off" : `of a budget of ${budget}`
              }
            />
          </StatGrid>
        ) : null}
        {current ? (
          <Card flush>
            <CardHeader
              title="Latest referrals"
              className="px-5 pt-5 pb-3"
              actions={
                latest.rows.length > 0 ? (
                  <TextLink
                    href={withQuery(admin.referrals, { program: program.slug })}
                    className="text-sm"
                  >
                    All referrals
                  </TextLink>
                ) : null
              }
            />
            <ReferralTable
              rows={latest.rows}
              listHref={admin.referrals}
              timeZone={timeZone}
              without={["program"]}
              empty={
                <Empty title="No friend yet" icon={<UserRoundPlus aria-hidden="true" />} bare>
                  Send the link above to a few good customers. The first referral appears here
                  within seconds.
                </Empty>
              }
            />
          </Card>
        ) : null}
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <Card>
            <CardHeader
              title={current ? "Terms in force" : "Terms of the draft"}
              className="mb-4"
            />
            <DefinitionList
              items={wordTerms(terms, timeZone).map(({ label, value }) => ({
                term: label,
                value: <span className="line-clamp-6 whitespace-pre-line">{value}</span>,
              }))}
            />
          </Card>
          {versions.length > 0 ? (
            <Card>
              <CardHeader
                title="Versions"
                description="A referral keeps the version that it came under."
                className="mb-5"
              />
              <VersionList
                current={program.currentVersion}
                timeZone={timeZone}
                versions={versions.map((version, index) => {
                  const before = versions[index + 1];
                  return {
                    ...version,
                    changes: before ? wordChanges(before.terms, version.terms, timeZone) : null,
                  };
                })}
              />
            </Card>
          ) : null}
        </div>
      </div>
    </>
  );
}
