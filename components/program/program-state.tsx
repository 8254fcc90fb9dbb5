import { StatusPill, type Tone } from "@/components/ui/content/badge";
import { openness } from "@/lib/programs/rules";
import type { Terms } from "@/lib/terms/schema";

const STATES: Record<string, { tone: Tone; label: string }> = {
  draft: { tone: "neutral", label: "Draft" },
  live: { tone: "good", label: "Live" },
  paused: { tone: "warn", label: "Paused" },
  ended: { tone: "neutral", label: "Ended" },
};

type ProgramStateProps = { state: string; terms: Pick<Terms, "startsAt" | "endsAt">; now: Date };

/** A program’s state in a word; one that is live but outside its dates says so. */
export function ProgramState({ state, terms, now }: ProgramStateProps) {
  const open = openness({ state }, terms, now);
  if (state === "live" && !open.open) {
    return open.reason === "not_started" ? (
      <StatusPill tone="accent">Not started yet</StatusPill>
    ) : (
      <StatusPill>Past its end date</StatusPill>
    );
  }
  const { tone, label } = STATES[state] ?? { tone: "neutral", label: state };
  return <StatusPill tone={tone}>{label}</StatusPill>;
}
