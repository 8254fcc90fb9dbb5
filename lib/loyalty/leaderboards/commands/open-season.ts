import { newId } from "@/lib/core/id";
import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { closingOf, type Period, periodAt } from "../rules";
import type { Cadence } from "../schema/leaderboard";

export type LeaderboardTimes = {
  id: string;
  cadence: Cadence;
  startsAt: Date | null;
  endsAt: Date | null;
  graceHours: number;
};

/**
 * Opens a season of a leaderboard, once for its start. Everybody who scores from then on sees it;
 * what was earned before is counted next. The caller holds the seasons.
 */
export async function openSeason(
  tx: Tx,
  leaderboard: LeaderboardTimes,
  period: Period,
): Promise<void> {
  await tx.db.season.createMany({
    data: [
      {
        merchantId: tx.merchantId,
        id: newId("sea"),
        leaderboardId: leaderboard.id,
        startsAt: period.startsAt,
        endsAt: period.endsAt,
        closesAt: closingOf(period.endsAt, leaderboard.graceHours),
        state: "running",
      },
    ],
    skipDuplicates: true,
  });
}

/** The season of a leaderboard that an instant lies in; for `custom` its only one. */
export function currentPeriod(leaderboard: LeaderboardTimes, at: Date, timeZone: string): Period {
  if (leaderboard.cadence !== "custom") return periodAt(leaderboard.cadence, at, timeZone);
  return { startsAt: leaderboard.startsAt!, endsAt: leaderboard.endsAt };
}

/**
 * Sees to the end of a season, once: the next one of its leaderboard begins where it ended, while
 * this one still takes in what comes late. Leaderboards that are disabled or have one season only
 * go no further.
 */
export async function turnSeason(scope: Scope, seasonId: string): Promise<boolean> {
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    await tx.lock.alone("season");
    const season = await tx.db.season.findUnique({
      where: { merchantId_id: { merchantId, id: seasonId } },
      include: { leaderboard: true },
    });
    if (!season?.endsAt || season.turnedAt || season.endsAt > scopeNow(tx)) return false;
    const { leaderboard } = season;
    const cadence = leaderboard.cadence as Cadence;
    if (leaderboard.state === "active" && (cadence === "week" || cadence === "month")) {
      await openSeason(
        tx,
        { ...leaderboard, cadence },
        periodAt(cadence, season.endsAt, tx.timeZone, season.endsAt),
      );
    }
    await tx.db.season.update({
      where: { merchantId_id: { merchantId, id: seasonId } },
      data: { turnedAt: scopeNow(tx) },
    });
    return true;
  });
}
