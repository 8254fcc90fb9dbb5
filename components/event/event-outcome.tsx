import { StatusPill } from "@/components/ui/content/badge";
import type { StoredDecision } from "@/lib/events/queries";

type EventOutcomeProps = {
  processedAt: Date | null;
  attempts: number | null;
  decisions: readonly StoredDecision[] | null;
  isClick?: boolean;
};

/** How an event was understood, in a word and its last decision; or that it still waits. */
export function EventOutcome({ processedAt, attempts, decisions, isClick }: EventOutcomeProps) {
  if (attempts !== null && attempts > 0)
    return <StatusPill tone="bad">Failed, will be tried again</StatusPill>;
  if (processedAt === null)
    return isClick ? (
      <span className="text-ink-muted">Counted</span>
    ) : (
      <StatusPill tone="accent">Waiting</StatusPill>
    );
  const telling = decisions?.map(({ message }) => message) ?? [];
  if (telling.length === 0)
    return <span className="text-ink-muted">Recorded; nothing follows from it</span>;
  return (
    <span className="text-ink-muted">
      {telling[0]}
      {telling.length > 1 ? ` And ${telling.length - 1} more.` : null}
    </span>
  );
}
