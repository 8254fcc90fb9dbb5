import { Prisma } from "@/lib/core/db";
import { dateOf, type Query } from "@/lib/core/statements/query";
import type { Scope } from "@/lib/merchants/scope";
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
