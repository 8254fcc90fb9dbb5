import { StatusPill } from "@/components/ui/content/badge";
import type { StoredDecision } from "@/lib/events/queries";

type EventOutcomeProps = {
  processedAt: Date | null;
  attempts: number | null;
  decisions: readonly StoredDecision[] | null;
  isClick?: boolean;
};

/** What came of an event: its first decision, or that it still waits. */
export function EventOutcome({ processedAt, attempts, decisions, isClick }: EventOutcomeProps) {
  if (attempts !== null && attempts > 0)
    return <StatusPill tone="bad">Failed, will retry</StatusPill>;
  if (processedAt === null)
    return isClick ? (
      <span className="text-ink-muted">Counted</span>
    ) : (
      <StatusPill tone="accent">Waiting</StatusPill>
    );
  const messages = decisions?.map(({ message }) => message) ?? [];
  if (messages.length === 0) return <span className="text-ink-muted">Recorded</span>;
  return (
    <span className="text-ink-muted">
      {messages[0]}
      {messages.length > 1 ? ` · ${messages.length - 1} more` : null}
    </span>
  );
}
