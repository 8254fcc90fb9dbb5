import { Alert } from "@/components/ui/content/alert";
import { Card, CardHeader } from "@/components/ui/content/card";
import { ButtonLink, TextLink } from "@/components/ui/controls/button";
import { CopyField } from "@/components/ui/controls/copy-button";
import { publicUrl } from "@/lib/core/address";
import type { AdminPaths } from "@/lib/merchants/paths";
import type { WordedChange } from "@/lib/terms/words/changes";

/** Where customers join: the link to put into the shop. */
export function CustomersPageCard({ slug }: { slug: string }) {
  return (
    <Card>
      <CardHeader
        title="Your customers’ page"
        description="For your shop, emails or receipts. Customers get their own link there."
        actions={
          <ButtonLink size="sm" href={`/refer/${slug}`} target="_blank">
            Open
          </ButtonLink>
        }
        className="mb-4"
      />
      <CopyField
        name="Link to the customers’ page"
        value={publicUrl(`/refer/${slug}`)}
        label="Copy link"
      />
    </Card>
  );
}

export function NotPublished() {
  return (
    <Alert tone="accent" title="Not published yet">
      Customers cannot join until you publish. Below is what the program will promise.
    </Alert>
  );
}

type UnpublishedChangesProps = {
  admin: AdminPaths;
  programId: string;
  changes: readonly WordedChange[];
  mayEdit: boolean;
};

/** What the draft changes, and the ways to try and to publish it. */
export function UnpublishedChanges({
  admin,
  programId,
  changes,
  mayEdit,
}: UnpublishedChangesProps) {
  if (changes.length === 0) return null;
  return (
    <Alert
      tone="accent"
      title="The draft has unpublished changes"
      action={
        mayEdit ? (
          <span className="flex flex-wrap justify-end gap-x-4 gap-y-1">
            <TextLink href={admin.programReplay(programId)}>Replay</TextLink>
            <TextLink href={admin.programRules(programId)}>Review and publish</TextLink>
          </span>
        ) : undefined
      }
    >
      {changes.map(({ label }) => label).join(", ")}
    </Alert>
  );
}

/** @param question of the experiment that runs; null when it is over */
export function ExperimentNotice({ href, question }: { href: string; question: string | null }) {
  return (
    <Alert action={<TextLink href={href}>View results</TextLink>}>
      {question === null ? "This program ran an experiment." : `Experiment running: ${question}`}
    </Alert>
  );
}
