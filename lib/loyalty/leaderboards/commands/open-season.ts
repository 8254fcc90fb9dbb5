import type { Db } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { closingOf, type Period, periodAt } from "../rules";
import type { Cadence } from "../schema/leaderboard";
import { holdSeasons } from "./update-scores";

export type BoardTimes = {
  id: string;
  cadence: Cadence;
  startsAt: Date | null;
  endsAt: Date | null;
  graceHours: number;
};

/**
 * Opens a season of a board, once for its start. Everybody who scores from then on sees it; what
 * was earned before is counted next. The caller holds the seasons.
 */
export async function openSeason(
  db: Db,
  scope: Scope,
  board: BoardTimes,
  period: Period,
): Promise<void> {
  await db.season.createMany({
    data: [
      {
        merchantId: scope.merchantId,
        id: newId("sea"),
        leaderboardId: board.id,
        startsAt: period.startsAt,
        endsAt: period.endsAt,
        closesAt: closingOf(period.endsAt, board.graceHours),
        state: "running",
      },
    ],
    skipDuplicates: true,
  });
}

/** The season of a board that an instant lies in; for `custom` its only one. */
export function currentPeriod(board: BoardTimes, at: Date, timeZone: string): Period {
  if (board.cadence !== "custom") return periodAt(board.cadence, at, timeZone);
  return { startsAt: board.startsAt!, endsAt: board.endsAt };
}

/**
 * Sees to the end of a season, once: the next one of its board begins where it ended, while this
 * one still takes in what comes late. Boards that are disabled or have one season only go no
 * further.
 */
export async function turnSeason(scope: Scope, seasonId: string): Promise<boolean> {
  return inScope(scope, async (db, scope) => {
    const { merchantId } = scope;
    await holdSeasons(db, merchantId);
    const season = await db.season.findUnique({
      where: { merchantId_id: { merchantId, id: seasonId } },
      include: { leaderboard: true },
    });
    if (!season?.endsAt || season.turnedAt || season.endsAt > scopeNow(scope)) return false;
    const { leaderboard } = season;
    const cadence = leaderboard.cadence as Cadence;
    if (leaderboard.state === "active" && (cadence === "week" || cadence === "month")) {
      await openSeason(
        db,
        scope,
        { ...leaderboard, cadence },
        periodAt(cadence, season.endsAt, scope.timeZone, season.endsAt),
      );
    }
    await db.season.update({
      where: { merchantId_id: { merchantId, id: seasonId } },
      data: { turnedAt: scopeNow(scope) },
    });
    return true;
  });
}
