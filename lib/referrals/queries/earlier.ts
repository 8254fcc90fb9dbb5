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
  /** Null while it is only claimed that the friend accepted. */
  provenAt: Date | null;
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
        proven_at AS "provenAt", expires_at AS "expiresAt"
      FROM referral
      WHERE merchant_id = ${merchantId} AND friend_id = ANY(${[...friendIds]}::text[])
      ORDER BY id`,
    row: ({ clickedAt, joinedAt, provenAt, expiresAt, ...row }) => ({
      ...row,
      clickedAt: dateOf(clickedAt),
      joinedAt: dateOf(joinedAt),
      provenAt: dateOf(provenAt),
      expiresAt: dateOf(expiresAt),
    }),
  };
}

/**
 * The referral that keeps these people from another in a program: the latest of this advocate, also
 * one that was rejected, else a proven one of another advocate that is neither rejected nor over;
 * null where somebody may be invited. What is only claimed keeps its friend from nobody else.
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
    going.find(({ state, provenAt }) => state !== "rejected" && provenAt !== null) ??
    null
  );
}

/** Whether it ended without a purchase, or is about to be noticed to have. */
function isOver({ state, expiresAt }: EarlierReferral, now: Date): boolean {
  return state === "expired" || (state === "joined" && expiresAt < now);
}

/**
 * Whether a friend's own rewards wait until it is proven that they accepted: another claim has
 * theirs, or the day's were used up.
 */
export async function waitsForAnswer(scope: Scope, referralId: string): Promise<boolean> {
  const [row] = await inScope(
    scope,
    ({ db }) => db.$queryRaw<{ waits: boolean }[]>`
    SELECT r.proven_at IS NULL AND (r.held_back OR EXISTS (
        SELECT FROM referral o
        WHERE o.merchant_id = r.merchant_id AND o.friend_id = r.friend_id
          AND o.program_id = r.program_id AND o.round < r.round
          AND o.proven_at IS NULL AND o.state = 'joined'
      )) AS waits
    FROM referral r WHERE r.merchant_id = ${scope.merchantId} AND r.id = ${referralId}`,
  );
  return row?.waits ?? false;
}
