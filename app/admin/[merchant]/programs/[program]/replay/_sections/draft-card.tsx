import { ChangeList } from "@/components/program/change-list";
import { RangeForm } from "@/components/replay/range-form";
import { Card, CardHeader } from "@/components/ui/content/card";
import { ButtonLink } from "@/components/ui/controls/button";
import { addDays, dateInZone } from "@/lib/core/time";
import { adminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import type { Replay } from "@/lib/pipeline/replay/queries";
import { USUAL_DAYS } from "@/lib/pipeline/replay/schema";
import { wordChanges } from "@/lib/terms/words/changes";
import type { ProgramRecord } from "@/lib/programs/queries";
import type { Terms } from "@/lib/terms/schema";
import { runReplay } from "../actions";
import { daysOfReplay, isUnderWay } from "./replay-days";

type DraftCardProps = {
  slug: string;
  scope: Scope;
  program: ProgramRecord;
  published: Terms;
  /** The latest replay; null when there is none. */
  replay: Replay | null;
};

/** What the draft changes, and the form that starts a replay of it. */
export function DraftCard({ slug, scope, program, published, replay }: DraftCardProps) {
  const changes = wordChanges(published, program.draft, scope.timeZone);
  const today = dateInZone(scopeNow(scope), scope.timeZone);
  const range = replay
    ? daysOfReplay(scope, replay)
    : { from: dateInZone(addDays(scopeNow(scope), 1 - USUAL_DAYS), scope.timeZone), to: today };
  return (
    <Card>
      <CardHeader
        title="Changes in the draft"
        className="mb-4"
        actions={
          <ButtonLink size="sm" href={adminPaths(slug).programRules(program.id)}>
            Edit rules
          </ButtonLink>
        }
      />
      {changes.length > 0 ? (
        <ChangeList changes={changes} />
      ) : (
        <p className="text-sm text-ink-muted">
          The draft is the same as the published version. Edit the rules first.
        </p>
      )}
      {isUnderWay(replay) ? null : (
        <div className="mt-5 border-t border-line pt-5">
          <RangeForm
            action={runReplay.bind(null, slug)}
            programId={program.id}
            range={range}
            today={today}
            again={replay?.state === "done"}
          />
          <p className="mt-3 text-[0.8125rem] text-ink-muted">
            As if the draft had been published at the start of the first day. Covers friends who
            joined since then, with all their purchases and refunds up to the last day, and what
            advocates did themselves.
          </p>
        </div>
      )}
    </Card>
  );
}
