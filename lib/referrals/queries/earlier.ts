import { Prisma } from "@/lib/core/db";
import { dateOf, type Query, readRows } from "@/lib/core/statements/query";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { ReferralState } from "../schema";

/** A referral on record that may keep its friend from another. */
export type EarlierReferral = {
  id: string;
  programId: string;
  advocateId: string;
  friendId: string;
  state: ReferralState;
  reason: string;
  clickedAt: Date | null;
  joinedAt: Date | null;
  expiresAt: Date;
};

/** Every referral of these people as friends. */
export function earlierReferralsQuery(
  { merchantId }: Scope,
  friendIds: readonly string[],
): Query<EarlierReferral> {
  return {
    sql: Prisma.sql`
      SELECT id, program_id AS "programId", advocate_id AS "advocateId", friend_id AS "friendId",
        state, reason, clicked_at AS "clickedAt", joined_at AS "joinedAt",
        expires_at AS "expiresAt"
      FROM referral
      WHERE merchant_id = ${merchantId} AND friend_id = ANY(${[...friendIds]}::text[])
      ORDER BY id`,
    row: ({ clickedAt, joinedAt, expiresAt, ...row }) => ({
      ...row,
      clickedAt: dateOf(clickedAt),
      joinedAt: dateOf(joinedAt),
      expiresAt: dateOf(expiresAt),
    }),
  };
}

/**
 * The referral that keeps these people from another in a program: the latest of this advocate, also
 * one that was rejected, else one of another advocate that is neither rejected nor over; null where
 * somebody may be invited.
 */
export async function tyingReferral(
  scope: Scope,
  {
    programId,
    advocateId,
    friendIds,
  }: Pick<EarlierReferral, "programId" | "advocateId"> & {
    friendIds: readonly string[];
  },
): Promise<EarlierReferral | null> {
  const now = scopeNow(scope);
  const all = await inScope(scope, (tx) => readRows(tx.db, earlierReferralsQuery(tx, friendIds)));
  const going = all
    .filter((referral) => referral.programId === programId && !isOver(referral, now))
    .reverse();
  return (
    going.find((referral) => referral.advocateId === advocateId) ??
    going.find(({ state }) => state !== "rejected") ??
    null
  );
}

/** Whether it ended without a purchase, or is about to be noticed to have. */
function isOver({ state, expiresAt }: EarlierReferral, now: Date): boolean {
  return state === "expired" || (state === "joined" && expiresAt < now);
}
