import { dateInZone, startOfDateInZone } from "@/lib/core/time";
import type { Cadence, Prize } from "./schema/leaderboard";

export type Period = { startsAt: Date; endsAt: Date | null };

const EPOCH = new Date(0);

/**
 * The season of a cadence that an instant lies in: ISO weeks and calendar months of the merchant's
 * zone, or all of time.
 * @param from begins the season there instead, when it is later: the one before it ended there
 */
export function periodAt(
  cadence: Exclude<Cadence, "custom">,
  at: Date,
  timeZone: string,
  from: Date | null = null,
): Period {
  if (cadence === "ever") return { startsAt: EPOCH, endsAt: null };
  const day = new Date(`${dateInZone(at, timeZone)}T00:00:00Z`);
  const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()];
  const monday = date - ((day.getUTCDay() + 6) % 7);
  const [first, next] =
    cadence === "week"
      ? [new Date(Date.UTC(year, month, monday)), new Date(Date.UTC(year, month, monday + 7))]
      : [new Date(Date.UTC(year, month, 1)), new Date(Date.UTC(year, month + 1, 1))];
  const [startsAt, endsAt] = [startOf(first, timeZone), startOf(next, timeZone)];
  return { startsAt: from !== null && from > startsAt ? from : startsAt, endsAt };
}

function startOf(day: Date, timeZone: string): Date {
  return startOfDateInZone(day.toISOString().slice(0, 10), timeZone);
}

/** When a season that ended is closed: what comes in late counts until then. */
export function closingOf(endsAt: Date | null, graceHours: number): Date | null {
  return endsAt === null ? null : new Date(endsAt.getTime() + graceHours * 3_600_000);
}

/**
 * Which prize a rank has, by its position in the list; null for none. Who shares a rank gets that
 * rank's prize.
 */
export function prizeOf(prizes: readonly Prize[], rank: number): number | null {
  const index = prizes.findIndex(({ fromRank, toRank }) => fromRank <= rank && rank <= toRank);
  return index < 0 ? null : index;
}

/** The last rank that has a prize; 0 when none has. */
export function lastPrizedRank(prizes: readonly Prize[]): number {
  return Math.max(0, ...prizes.map(({ toRank }) => toRank));
}
