import { VersionList } from "@/components/program/version-list";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DefinitionList } from "@/components/ui/content/definition-list";
import { wordChanges, wordTerms } from "@/lib/terms/words/changes";
import type { listVersions } from "@/lib/programs/queries";
import type { Terms } from "@/lib/terms/schema";

type TermsCardProps = { title: string; terms: Terms; timeZone: string };

/** Terms as a list of facts. */
export function TermsCard({ title, terms, timeZone }: TermsCardProps) {
  return (
    <Card>
      <CardHeader title={title} className="mb-4" />
      <DefinitionList
        items={wordTerms(terms, timeZone).map(({ label, value }) => ({
          term: label,
          value: <span className="line-clamp-6 whitespace-pre-line">{value}</span>,
        }))}
      />
    </Card>
  );
}

type VersionsCardProps = {
  /** Newest first. */
  versions: Awaited<ReturnType<typeof listVersions>>;
  current: number | null;
  timeZone: string;
};

/** Every published version and what it changed; nothing before the first. */
export function VersionsCard({ versions, current, timeZone }: VersionsCardProps) {
  if (versions.length === 0) return null;
  return (
    <Card>
      <CardHeader
        title="Versions"
        description="A referral keeps the version it started under."
        className="mb-5"
      />
      <VersionList
        current={current}
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
  );
}
