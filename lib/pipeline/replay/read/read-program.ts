import { inScope, type Scope } from "@/lib/merchants/scope";
import type { Needs } from "./needs";
import { joinedInTime, type Reading } from "./reading";

/**
 * Reads what concerns the program as a whole. @returns the reading to add people to, and how many
 * advocates and friends there are to read
 */
export async function readProgram(
  scope: Scope,
  { programId, fromAt, untilAt }: { programId: string; fromAt: Date; untilAt: Date },
  needs: Needs,
): Promise<{ reading: Reading; total: number }> {
  return inScope(scope, async ({ db, merchantId, timeZone }) => {
    const program = await db.program.findUniqueOrThrow({
      where: { merchantId_id: { merchantId, id: programId } },
      select: { publishedAt: true, endedAt: true },
    });
    const { pointCostMilli } = await db.merchant.findUniqueOrThrow({
      where: { id: merchantId },
      select: { pointCostMilli: true },
    });
    const campaigns = await db.pointsCampaign.findMany({
      where: {
        merchantId,
        state: "active",
        startsAt: { lt: untilAt },
        endsAt: { gt: fromAt },
        OR: [{ programId: null }, { programId }],
      },
    });
    const [{ advocates, friends }] = await db.$queryRaw<[{ advocates: number; friends: number }]>`
      SELECT
        (
          SELECT count(*)::int FROM advocate
          WHERE merchant_id = ${merchantId} AND program_id = ${programId}
            AND joined_at < ${untilAt}
        ) AS advocates,
        (
          SELECT count(*)::int FROM referral
          WHERE merchant_id = ${merchantId} AND program_id = ${programId}
            AND ${joinedInTime(fromAt, untilAt, needs)}
        ) AS friends`;
    return {
      total: advocates + friends,
      reading: {
        programId,
        fromAt,
        untilAt,
        publishedAt: program.publishedAt ?? fromAt,
        endedAt: program.endedAt,
        timeZone,
        pointCostMilli,
        campaigns,
        people: new Map(),
        tiers: new Map(),
        advocates: new Map(),
        friends: new Map(),
        orders: new Map(),
        granted: new Set(),
        moments: [],
        events: new Map(),
      },
    };
  });
}
