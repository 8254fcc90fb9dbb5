import { personName } from "@/components/customer/person";
import { SharedFacts } from "@/components/customer/shared-facts";
import { ConfirmAction } from "@/components/forms/confirm-action";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { Button, TextLink } from "@/components/ui/controls/button";
import type { AdminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeAllows } from "@/lib/merchants/scope";
import { type Merge, mergesOf } from "@/lib/pipeline/merge/queries";
import { undo } from "../../actions";

type MergesCardProps = { scope: Scope; customerId: string; admin: AdminPaths };

const BY: Record<Merge["why"], string> = {
  staff: "by",
  api: "over the API by",
  one_request: "because one request named both, by",
};

/** The merges of this record, each with its undo. */
export async function MergesCard({ scope, customerId, admin }: MergesCardProps) {
  const merges = await mergesOf(scope, customerId);
  if (merges.length === 0) return null;
  return (
    <Card>
      <CardHeader title="Merged records" className="mb-4" />
      <ul className="flex flex-col gap-5">
        {merges.map((merge) => (
          <li key={merge.id} className="flex flex-col gap-2 text-sm">
            <span className="font-medium break-words">{personName(merge)}</span>
            <span className="text-ink-muted">
              Merged{" "}
              {merge.fromId === customerId ? (
                <>
                  into <TextLink href={admin.customer(merge.intoId)}>another record</TextLink>{" "}
                </>
              ) : null}
              {BY[merge.why]} {merge.actor} on{" "}
              <DateTime value={merge.at} timeZone={scope.timeZone} />.
            </span>
            <SharedFacts shared={merge.evidence} />
            <Undoing merge={merge} scope={scope} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Undoing({ merge, scope }: { merge: Merge; scope: Scope }) {
  const { undoneAt, undoneBy, stayed } = merge;
  if (undoneAt !== null)
    return (
      <span className="text-ink-muted">
        Undone by {undoneBy} on <DateTime value={undoneAt} timeZone={scope.timeZone} />.{" "}
        {stayed?.join(" ")}
      </span>
    );
  if (!scopeAllows(scope, "customer.merge")) return null;
  return (
    <div>
      <ConfirmAction
        action={undo.bind(null, scope.merchantSlug)}
        fields={{ mergeId: merge.id }}
        title="Undo this merge?"
        description={
          "Each record gets back what is still there. What was used or came since stays here."
        }
        confirmLabel="Undo merge"
        trigger={<Button size="sm">Undo…</Button>}
      />
    </div>
  );
}
