import { Prisma } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
import { dateOf, type Query, readRows } from "@/lib/core/statements/query";
import type { Tx } from "@/lib/merchants/scope";
import { SIGNALS_OF_ONE_PERSON } from "@/lib/terms/schema";
import type { ReferralState } from "../schema";

export type LoadedReferral = {
  id: string;
  programId: string;
  programVersion: number;
  advocateId: string;
  friendId: string;
  state: ReferralState;
  /** As stored; `known_elsewhere` for somebody who had bought before under another record. */
  reason: string;
  clickedAt: Date | null;
  joinedAt: Date;
  expiresAt: Date;
  /** Since when it is proven that the friend accepted; null while that is only claimed. */
  provenAt: Date | null;
  /** Its friend's own rewards wait until it is proven, too. */
  heldBack: boolean;
  reviewAt: Date | null;
  /** It is held because two people may be one: the friend's coupon waits as well. */
  couponWaits: boolean;
  approvedAt: Date | null;
  joinEventId: string;
  /** When we learned of it. */
  joinRecordedAt?: Date | undefined;
  channel: string | null;
  /** The arm of the program's experiment that it counts for. */
  arm: string | null;
  /** The friend's first order, whoever brought it about. */
  firstOrderAt: Date | null;
  /** The advocate as a customer, and how many qualified referrals they had when it was read. */
  advocateCustomerId: string;
  qualifiedCount: number;
  /** The event that qualified it last, and when that was, whether or not it still counts. */
  qualifiedByEventId: string | null;
  qualifiedByAt: Date | null;
};

/**
 * Whether referral r was rejected because its friend had bought before under another record: a sign
 * of fraud, which what the friend's own record tells does not undo. It holds as long as one of
 * those orders stands.
 */
export const IS_KNOWN_ELSEWHERE = Prisma.sql`(
  r.state = 'rejected' AND r.reason = 'existing_customer' AND EXISTS (
    SELECT FROM fraud_signal s, jsonb_array_elements(s.evidence) e
    WHERE s.merchant_id = r.merchant_id AND s.referral_id = r.id
      AND s.kind = 'existing_customer' AND s.severity = 'block'
      -- Each by its id: a join would look through all orders of the shop for the first.
      AND (
        SELECT o.stands FROM shop_order o
        WHERE o.merchant_id = r.merchant_id AND o.id = e->>'earlierOrderId'
      )
  ))`;

/**
 * Referrals as deciding sees them, in the order of their programs. Lock them in a statement before
 * this one: what it says of them and around them is then the latest.
 * @param where a condition on referral r
 */
export function referralsQuery(
  { merchantId }: Pick<Tx, "merchantId">,
  where: Prisma.Sql,
): Query<LoadedReferral> {
  return {
    sql: Prisma.sql`
      SELECT r.id, r.program_id AS "programId", r.program_version AS "programVersion",
        r.advocate_id AS "advocateId", r.friend_id AS "friendId", r.state,
        CASE WHEN ${IS_KNOWN_ELSEWHERE} THEN 'known_elsewhere' ELSE r.reason END AS reason,
        r.clicked_at AS "clickedAt", r.joined_at AS "joinedAt", r.expires_at AS "expiresAt",
        r.proven_at AS "provenAt", r.held_back AS "heldBack",
        r.review_at AS "reviewAt", r.approved_at AS "approvedAt", r.channel, r.arm,
        r.review_at IS NOT NULL AND EXISTS (
          SELECT FROM fraud_signal s
          WHERE s.merchant_id = r.merchant_id AND s.referral_id = r.id
            AND s.kind = ANY(${[...SIGNALS_OF_ONE_PERSON]}::text[])
        ) AS "couponWaits",
        a.customer_id AS "advocateCustomerId", a.qualified_count AS "qualifiedCount",
        c.first_order_at AS "firstOrderAt",
        joined.event_id AS "joinEventId", joined.recorded_at AS "joinRecordedAt",
        qualified.event_id AS "qualifiedByEventId", qualified.at AS "qualifiedByAt"
      FROM referral r
      JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
      JOIN customer c ON c.merchant_id = r.merchant_id AND c.id = r.friend_id
      LEFT JOIN LATERAL (
        SELECT s.event_id, (
          SELECT e.recorded_at FROM event e
          WHERE e.merchant_id = s.merchant_id AND e.id = s.event_id
        ) AS recorded_at
        FROM referral_step s
        WHERE s.merchant_id = r.merchant_id AND s.referral_id = r.id AND s.state = 'joined'
          AND s.event_id IS NOT NULL
        ORDER BY s.at, s.id LIMIT 1
      ) joined ON true
      LEFT JOIN LATERAL (
        SELECT s.event_id, s.at FROM referral_step s
        WHERE s.merchant_id = r.merchant_id AND s.referral_id = r.id AND s.state = 'qualified'
          AND s.event_id IS NOT NULL
        ORDER BY s.id DESC LIMIT 1
      ) qualified ON true
      WHERE r.merchant_id = ${merchantId} AND ${where}
      ORDER BY r.program_id, r.id`,
    row: (json) => ({
      ...json,
      clickedAt: dateOf(json.clickedAt),
      joinedAt: dateOf(json.joinedAt),
      joinRecordedAt: dateOf(json.joinRecordedAt) ?? undefined,
      expiresAt: dateOf(json.expiresAt),
      provenAt: dateOf(json.provenAt),
      reviewAt: dateOf(json.reviewAt),
      approvedAt: dateOf(json.approvedAt),
      firstOrderAt: dateOf(json.firstOrderAt),
      qualifiedByAt: dateOf(json.qualifiedByAt),
    }),
  };
}

/** Locks a referral until the transaction ends and reads it. @throws DomainError not_found */
export async function lockReferral(tx: Tx, referralId: string): Promise<LoadedReferral> {
  await tx.lock.referrals(referralId);
  const isThis = Prisma.sql`r.id = ${referralId}`;
  const [referral] = await readRows(tx.db, referralsQuery(tx, isThis));
  if (!referral) throw notFound("referral");
  return referral;
}

/** A condition on referral r: it made one of these people a friend. */
export function ofFriends(friendIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`r.friend_id = ANY(${[...friendIds]}::text[]) AND r.state <> 'clicked'`;
}

/**
 * Finds referrals and locks them until the transaction ends, in the order of their programs: its
 * rows are to be noted by `tx.lock.took`.
 * @param where a condition on referral r
 */
export function lockReferralsQuery(
  { merchantId }: Pick<Tx, "merchantId">,
  where: Prisma.Sql,
): Query<string> {
  return {
    sql: Prisma.sql`
      SELECT r.id FROM referral r WHERE r.merchant_id = ${merchantId} AND ${where}
      ORDER BY r.program_id, r.id FOR NO KEY UPDATE`,
    row: ({ id }) => id,
  };
}
