import { prismaFor } from "@/lib/core/db";
import { log } from "@/lib/core/log";
import { closeSeason } from "@/lib/loyalty/leaderboards/commands/close-season";
import { givePrize, putPrizeOff } from "@/lib/loyalty/leaderboards/commands/grant-prize";
import { turnSeason } from "@/lib/loyalty/leaderboards/commands/open-season";
import { recountSeason, recountSeasons } from "@/lib/loyalty/leaderboards/commands/recount-seasons";
import { rescoreNoted } from "@/lib/loyalty/leaderboards/commands/update-scores";
import { foldChanges } from "@/lib/loyalty/leaderboards/commands/fold-changes";
import { systemScope } from "@/lib/merchants/directory";
import type { Scope } from "@/lib/merchants/scope";
import type { WorkFilter } from "../due";

const BATCH = 500;

type SeasonWork = {
  merchantId: string;
  id: string;
  uncounted: boolean;
  turns: boolean;
  closes: boolean;
};

/**
 * Works out scores whose points were called back, counts what was earned before its season was
 * opened, opens the season after one that ended, closes those whose grace is over, and gives their
 * prizes, all by their merchant's clock. Several workers at once do each once.
 * @returns how much was done
 */
export async function closeDueSeasons({ merchantId }: WorkFilter = {}): Promise<number> {
  const due = await prismaFor("goodword_gate").$queryRaw<SeasonWork[]>`
    SELECT * FROM (
      SELECT s.merchant_id AS "merchantId", s.id, s.ends_at, s.counted_at IS NULL AS uncounted,
        s.turned_at IS NULL AND s.ends_at <= now() + m.clock_offset_ms * interval '1 millisecond' AS turns,
        s.closes_at <= now() + m.clock_offset_ms * interval '1 millisecond' AS closes
      FROM season s JOIN merchant m ON m.id = s.merchant_id
      WHERE s.state = 'running' AND (s.counted_at IS NULL OR s.ends_at IS NOT NULL)
        AND (${merchantId ?? null}::text IS NULL OR s.merchant_id = ${merchantId ?? null})
    ) running
    WHERE uncounted OR turns OR closes ORDER BY ends_at LIMIT ${BATCH}`;
  let done = await rescoreDue({ ...(merchantId && { merchantId }) });
  for (const { merchantId, id, uncounted, turns, closes } of due) {
    await attempt(merchantId, id, async (scope) => {
      // Closing counts anew anyway.
      if (uncounted && !closes) await recountSeason(scope, id);
      if (turns) await turnSeason(scope, id);
      if (closes) await closeSeason(scope, id);
      done += 1;
    });
  }
  return done + (await giveDuePrizes({ ...(merchantId && { merchantId }) }));
}

/** Gives every prize that is due. @returns how many were decided */
async function giveDuePrizes({ merchantId }: WorkFilter): Promise<number> {
  const due = await prismaFor("goodword_gate").$queryRaw<
    { merchantId: string; seasonId: string; advocateId: string }[]
  >`
    SELECT w.merchant_id AS "merchantId", w.season_id AS "seasonId", w.advocate_id AS "advocateId"
    FROM season_winner w JOIN merchant m ON m.id = w.merchant_id
    WHERE w.state = 'due' AND w.next_try_at <= now() + m.clock_offset_ms * interval '1 millisecond'
      AND (${merchantId ?? null}::text IS NULL OR w.merchant_id = ${merchantId ?? null})
    ORDER BY w.next_try_at LIMIT ${BATCH}`;
  let decided = 0;
  for (const { merchantId, seasonId, advocateId } of due) {
    await attempt(
      merchantId,
      `${seasonId} ${advocateId}`,
      async (scope) => {
        if (await givePrize(scope, seasonId, advocateId)) decided += 1;
      },
      (scope) => putPrizeOff(scope, seasonId, advocateId),
    );
  }
  return decided;
}

/** Works out the scores of those whose points were called back. @returns how many */
async function rescoreDue({ merchantId }: WorkFilter): Promise<number> {
  const due = await prismaFor("goodword_gate").$queryRaw<{ merchantId: string; id: string }[]>`
    SELECT DISTINCT merchant_id AS "merchantId", customer_id AS id FROM season_due
    WHERE ${merchantId ?? null}::text IS NULL OR merchant_id = ${merchantId ?? null} LIMIT ${BATCH}`;
  let done = 0;
  for (const { merchantId, id } of due) {
    await attempt(merchantId, id, async (scope) => {
      await rescoreNoted(scope, id);
      done += 1;
    });
  }
  return done;
}

/** Folds changed scores into the tallies, wherever there are any. @returns how many */
export async function foldTallies(): Promise<number> {
  const changed = await prismaFor("goodword_gate").$queryRaw<{ merchantId: string; id: string }[]>`
    SELECT DISTINCT merchant_id AS "merchantId", season_id AS id FROM season_change`;
  let folded = 0;
  for (const { merchantId, id } of changed) {
    await attempt(merchantId, id, async (scope) => {
      folded += await foldChanges(scope, id);
    });
  }
  return folded;
}

/** Works out every running season of every merchant anew, each night. */
export async function recountAllSeasons(): Promise<void> {
  const merchants = await prismaFor("goodword_gate").merchant.findMany({
    select: { id: true },
    orderBy: { id: "asc" },
  });
  for (const { id } of merchants) await attempt(id, id, recountSeasons);
}

/** One that fails is told of in the log and stops no other. */
async function attempt(
  merchantId: string,
  id: string,
  work: (scope: Scope) => Promise<unknown>,
  orElse?: (scope: Scope) => Promise<unknown>,
): Promise<void> {
  try {
    const scope = await systemScope(merchantId);
    try {
      await work(scope);
    } catch (error) {
      log.error({ err: error, merchantId, id }, "a season could not be seen to");
      await orElse?.(scope);
    }
  } catch (error) {
    log.error({ err: error, merchantId, id }, "a season could not be seen to");
  }
}
