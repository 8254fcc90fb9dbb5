import { StatusPill } from "@/components/ui/content/badge";
import type { StoredDecision } from "@/lib/events/queries/events";

type EventOutcomeProps = {
  processedAt: Date | null;
  attempts: number | null;
  setAsideAt: Date | null;
  decisions: readonly StoredDecision[] | null;
  isClick?: boolean;
};

/** What came of an event: its first decision, or that it still waits. */
export function EventOutcome(props: EventOutcomeProps) {
  const { processedAt, attempts, setAsideAt, decisions, isClick } = props;
  if (setAsideAt !== null) return <StatusPill tone="bad">Set aside</StatusPill>;
  if (attempts !== null && attempts > 0)
    return <StatusPill tone="bad">Failed, will retry</StatusPill>;
  if (processedAt === null)
    return isClick ? (
      <span className="text-ink-muted">Counted</span>
    ) : (
      <StatusPill tone="accent">Waiting</StatusPill>
    );
  const [first, ...rest] = decisions?.map(({ message }) => message) ?? [];
  if (first === undefined) return <span className="text-ink-muted">Recorded</span>;
  return (
    <span className="text-ink-muted">
      {first.replace(/\.$/, "")}
      {rest.length > 0 ? (
        <>
          {" · "}
          <span className="whitespace-nowrap">{rest.length} more</span>
        </>
      ) : null}
    </span>
  );
}
