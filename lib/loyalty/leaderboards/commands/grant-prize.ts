import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { grantOutright } from "@/lib/rewards/commands";
import { prizesSchema, type WinnerReason } from "../schema/leaderboard";

const REVIEW_RETRY_MS = 3_600_000;
const FAILURE_RETRY_MS = 300_000;

/**
 * Gives a winner their prize, once. While a referral of theirs in that season waits for a look, so
 * does the prize; when one was rejected after the end, they get none, and nobody moves up. @returns
 * whether it is decided now
 */
export async function givePrize(
  scope: Scope,
  seasonId: string,
  advocateId: string,
): Promise<boolean> {
  return inScope(scope, async (db, scope) => {
    const { merchantId } = scope;
    const key = { merchantId_seasonId_advocateId: { merchantId, seasonId, advocateId } };
    const { customerId, programId } = await db.advocate.findUniqueOrThrow({
      where: { merchantId_id: { merchantId, id: advocateId } },
      select: { customerId: true, programId: true },
    });
    // Whoever else is at it waits here, and then finds it decided.
    await db.$queryRaw`SELECT 1 FROM customer WHERE merchant_id = ${merchantId} AND id = ${customerId} FOR NO KEY UPDATE`;
    const winner = await db.seasonWinner.findUniqueOrThrow({
      where: key,
      include: { season: true },
    });
    if (winner.state !== "due") return false;
    const now = scopeNow(scope);
    const { season } = winner;
    const decide = (
      state: "due" | "given" | "withheld",
      reason: WinnerReason,
      rewardId: string | null = null,
    ) =>
      db.seasonWinner.update({
        where: key,
        data: {
          state,
          reason,
          rewardId,
          ...(state === "due"
            ? { nextTryAt: new Date(now.getTime() + REVIEW_RETRY_MS) }
            : { decidedAt: now }),
        },
      });
    const [doubt] = await db.$queryRaw<[{ rejected: boolean; inReview: boolean }]>`
      SELECT COALESCE(bool_or(r.state = 'rejected' AND EXISTS (
          SELECT FROM referral_step p WHERE p.merchant_id = r.merchant_id AND p.referral_id = r.id
            AND p.state = 'rejected' AND p.recorded_at >= ${season.closedAt})), false) AS rejected,
        COALESCE(bool_or(r.review_at IS NOT NULL AND r.state IN ('qualified', 'rewarded')), false) AS "inReview"
      FROM referral r
      WHERE r.merchant_id = ${merchantId} AND r.advocate_id = ${advocateId}
        AND r.qualified_at >= ${season.startsAt} AND r.qualified_at < ${season.endsAt}`;
    if (doubt.inReview) {
      await decide("due", "in_review");
      return false;
    }
    if (doubt.rejected) {
      await decide("withheld", "referral_rejected");
      return true;
    }
    const prize = prizesSchema.parse(season.prizes)[winner.prize]!;
    const { rewardId } = await grantOutright(scope, {
      programId,
      customerId,
      ruleId: `season:${season.leaderboardId}`,
      causeKey: `season:${seasonId}:${advocateId}`,
      eventId: null,
      benefit: prize.benefit,
      calculator: prize.calculator,
      holdDays: 0,
      at: season.closedAt!,
      facts: { seasonId, place: winner.rank, score: winner.score.toString() },
    });
    await decide("given", "given", rewardId);
    return true;
  });
}

/**
 * Puts a prize that could not be given off for a while, so that it does not stand in the way of
 * others.
 */
export async function putPrizeOff(
  scope: Scope,
  seasonId: string,
  advocateId: string,
): Promise<void> {
  await inScope(scope, (db, { merchantId }) =>
    db.seasonWinner.updateMany({
      where: { merchantId, seasonId, advocateId, state: "due" },
      data: {
        reason: "failed" satisfies WinnerReason,
        nextTryAt: new Date(scopeNow(scope).getTime() + FAILURE_RETRY_MS),
      },
    }),
  );
}
