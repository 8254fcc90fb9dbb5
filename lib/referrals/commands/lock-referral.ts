import { type Db, Prisma } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
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
  reviewAt: Date | null;
  approvedAt: Date | null;
  joinEventId: string;
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
    SELECT FROM fraud_signal s, jsonb_array_elements(s.evidence) e, shop_order o
    WHERE s.merchant_id = r.merchant_id AND s.referral_id = r.id
      AND s.kind = 'existing_customer' AND s.severity = 'block'
      AND o.merchant_id = r.merchant_id AND o.id = e->>'earlierOrderId' AND o.stands
  ))`;

/** Reads a referral and locks it until the transaction ends. @throws DomainError not_found */
export async function lockReferral(
  db: Db,
  merchantId: string,
  referralId: string,
): Promise<LoadedReferral> {
  const [referral] = await lockReferrals(
    db,
    Prisma.sql`r.merchant_id = ${merchantId} AND r.id = ${referralId}`,
  );
  if (!referral) throw notFound("referral");
  return referral;
}

/**
 * Reads referrals and locks them until the transaction ends, in the order of their programs.
 * @param where a condition on referral r, with its merchant
 */
export async function lockReferrals(db: Db, where: Prisma.Sql): Promise<LoadedReferral[]> {
  return db.$queryRaw<LoadedReferral[]>`
    SELECT r.id, r.program_id AS "programId", r.program_version AS "programVersion",
      r.advocate_id AS "advocateId",
      r.friend_id AS "friendId", r.state,
      CASE WHEN ${IS_KNOWN_ELSEWHERE} THEN 'known_elsewhere' ELSE r.reason END AS reason,
      r.clicked_at AS "clickedAt",
      r.joined_at AS "joinedAt",
      r.expires_at AS "expiresAt", r.review_at AS "reviewAt", r.approved_at AS "approvedAt",
      r.channel, r.arm, a.customer_id AS "advocateCustomerId",
      a.qualified_count AS "qualifiedCount",
      (SELECT s.event_id FROM referral_step s
        WHERE s.merchant_id = r.merchant_id AND s.referral_id = r.id AND s.state = 'joined'
          AND s.event_id IS NOT NULL
        ORDER BY s.at, s.id LIMIT 1) AS "joinEventId",
      (SELECT c.first_order_at FROM customer c
        WHERE c.merchant_id = r.merchant_id AND c.id = r.friend_id) AS "firstOrderAt",
      qualified.event_id AS "qualifiedByEventId", qualified.at AS "qualifiedByAt"
    FROM referral r JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
    LEFT JOIN LATERAL (
      SELECT s.event_id, s.at FROM referral_step s
      WHERE s.merchant_id = r.merchant_id AND s.referral_id = r.id AND s.state = 'qualified'
        AND s.event_id IS NOT NULL
      ORDER BY s.id DESC LIMIT 1
    ) qualified ON true
    WHERE ${where}
    ORDER BY r.program_id, r.id FOR NO KEY UPDATE OF r`;
}
