import { rangeText } from "@/components/ui/controls/date-range";
import { dateInZone } from "@/lib/core/time";
import type { Scope } from "@/lib/merchants/scope";
import type { Replay } from "@/lib/pipeline/replay/queries";

/** A replay that is done. */
export type FinishedReplay = Replay & { summary: NonNullable<Replay["summary"]> };

/** The first and the last day of a replay, in the merchant's time zone. */
export function daysOfReplay(
  { timeZone }: Scope,
  { fromAt, untilAt }: Replay,
): { from: string; to: string } {
  // The end is the first instant after the last day, or now.
  return {
    from: dateInZone(fromAt, timeZone),
    to: dateInZone(new Date(untilAt.getTime() - 1), timeZone),
  };
}

/** The same in words: "Oct 1 – 31, 2026". */
export function replayRange(scope: Scope, replay: Replay): string {
  return rangeText(daysOfReplay(scope, replay), "en");
}

export function isUnderWay(replay: Replay | null): boolean {
  return replay?.state === "queued" || replay?.state === "running";
}
