import type { Db } from "@/lib/core/db";
import type { Season } from "@/prisma/generated/client";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { grantOutright } from "@/lib/rewards/commands";
import { prizesSchema, type WinnerReason } from "../schema/leaderboard";

const REVIEW_RETRY_MS = 3_600_000;
const FAILURE_RETRY_MS = 300_000;

/**
 * Grants a winner their prize, once. While a referral of theirs in that season is under review, the
 * prize waits; when one was rejected after the end, they get none, and nobody moves up.
 * @returns whether it is decided now
 */
export async function grantPrize(
  scope: Scope,
  seasonId: string,
  advocateId: string,
): Promise<boolean> {
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const key = { merchantId_seasonId_advocateId: { merchantId, seasonId, advocateId } };
    const { customerId, programId } = await tx.db.advocate.findUniqueOrThrow({
      where: { merchantId_id: { merchantId, id: advocateId } },
      select: { customerId: true, programId: true },
    });
    // Another call for the same winner waits here, and then finds it decided.
    await tx.lock.customers(customerId);
    const winner = await tx.db.seasonWinner.findUniqueOrThrow({
      where: key,
      include: { season: true },
    });
    if (winner.state !== "due") return false;
    const now = scopeNow(tx);
    const { season } = winner;
    const decide = (
      state: "due" | "given" | "withheld",
      reason: WinnerReason,
      rewardId: string | null = null,
    ) =>
      tx.db.seasonWinner.update({
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
    const doubt = await doubtsAbout(tx.db, merchantId, advocateId, season);
    if (doubt.inReview) {
      await decide("due", "in_review");
      return false;
    }
    if (doubt.rejected) {
      await decide("withheld", "referral_rejected");
      return true;
    }
    const prize = prizesSchema.parse(season.prizes)[winner.prize]!;
    const { rewardId } = await grantOutright(tx, {
      programId,
      customerId,
      source: "season",
      ruleId: `season:${season.leaderboardId}`,
      causeRef: { kind: "season", ref: `${seasonId}:${advocateId}` },
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

/** Whether referrals of an advocate within a season are under review, or were rejected since. */
async function doubtsAbout(
  db: Db,
  merchantId: string,
  advocateId: string,
  { startsAt, endsAt, closedAt }: Season,
): Promise<{ rejected: boolean; inReview: boolean }> {
  const [doubt] = await db.$queryRaw<[{ rejected: boolean; inReview: boolean }]>`
    SELECT COALESCE(bool_or(r.state = 'rejected' AND EXISTS (
        SELECT FROM referral_step p WHERE p.merchant_id = r.merchant_id AND p.referral_id = r.id
          AND p.state = 'rejected' AND p.recorded_at >= ${closedAt})), false) AS rejected,
      COALESCE(bool_or(r.review_at IS NOT NULL
        AND r.state IN ('qualified', 'rewarded')), false) AS "inReview"
    FROM referral r
    WHERE r.merchant_id = ${merchantId} AND r.advocate_id = ${advocateId}
      AND r.qualified_at >= ${startsAt} AND r.qualified_at < ${endsAt}`;
  return doubt;
}

/** Postpones a prize that could not be granted, so that it does not hold up the others. */
export async function postponePrize(
  scope: Scope,
  seasonId: string,
  advocateId: string,
): Promise<void> {
  await inScope(scope, ({ db, merchantId }) =>
    db.seasonWinner.updateMany({
      where: { merchantId, seasonId, advocateId, state: "due" },
      data: {
        reason: "failed" satisfies WinnerReason,
        nextTryAt: new Date(scopeNow(scope).getTime() + FAILURE_RETRY_MS),
      },
    }),
  );
}
