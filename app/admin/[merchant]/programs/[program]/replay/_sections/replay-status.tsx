import { ConfirmAction } from "@/components/forms/confirm-action";
import { Alert } from "@/components/ui/content/alert";
import { Card } from "@/components/ui/content/card";
import { ProgressBar } from "@/components/ui/content/progress-bar";
import { Button } from "@/components/ui/controls/button";
import { numberText } from "@/components/ui/format";
import { KeepFresh } from "@/components/ui/page/keep-fresh";
import type { Scope } from "@/lib/merchants/scope";
import type { Replay } from "@/lib/pipeline/replay/queries";
import { stopReplay } from "../actions";
import { replayRange } from "./replay-days";

type ReplayProgressProps = { slug: string; scope: Scope; programId: string; replay: Replay };

/** How far a replay is, and the button that stops it. */
export function ReplayProgress({ slug, scope, programId, replay }: ReplayProgressProps) {
  const { done, total } = replay;
  return (
    <Card>
      <KeepFresh />
      <ProgressBar
        share={total === 0 ? null : done / total}
        label={
          replay.state === "queued" ? "Waiting to start" : `Replaying ${replayRange(scope, replay)}`
        }
        detail={total === 0 ? undefined : `${numberText(done)} of ${numberText(total)} people`}
      />
      <div className="mt-4">
        <ConfirmAction
          action={stopReplay.bind(null, slug)}
          fields={{ programId, replayId: replay.id }}
          title="Stop this replay?"
          confirmLabel="Stop"
          description="Its results so far are deleted. Your program stays as it is."
          trigger={<Button size="sm">Stop</Button>}
        />
      </div>
    </Card>
  );
}

export function FailedReplay({ error }: { error: string | null }) {
  return (
    <Alert tone="bad" title="The replay failed">
      {error ?? "The cause is unknown."} Your program was not changed. Run the replay again.
    </Alert>
  );
}
