import type { Terms } from "@/lib/terms/schema";
import type { ProgramState } from "./schema";

/** Whether a program accepts new friends now, and if not, why. */
export type Openness =
  { open: true } | { open: false; reason: "draft" | "paused" | "ended" | "not_started" };

/** @param now the merchant's time */
export function openness(
  program: { state: string },
  terms: Pick<Terms, "startsAt" | "endsAt">,
  now: Date,
): Openness {
  const state = program.state as ProgramState;
  if (state !== "live") return { open: false, reason: state };
  if (terms.startsAt && now < new Date(terms.startsAt))
    return { open: false, reason: "not_started" };
  if (terms.endsAt && now >= new Date(terms.endsAt)) return { open: false, reason: "ended" };
  return { open: true };
}

/** True when `at` lies within the program's dates: only then do events count. */
export function withinDates(terms: Pick<Terms, "startsAt" | "endsAt">, at: Date): boolean {
  return (
    (!terms.startsAt || at >= new Date(terms.startsAt)) &&
    (!terms.endsAt || at < new Date(terms.endsAt))
  );
}

/** The states a program's state can change to. Ending is final. */
const NEXT: Record<ProgramState, readonly ProgramState[]> = {
  draft: ["live"],
  live: ["paused", "ended"],
  paused: ["live", "ended"],
  ended: [],
};

export function mayBecome(from: string, to: ProgramState): boolean {
  return NEXT[from as ProgramState].includes(to);
}
