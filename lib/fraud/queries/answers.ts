import type { Tx } from "@/lib/merchants/scope";

/** A friend who accepted an invitation on our page, and has not shown that it was them. */
export type Unanswered = {
  email: string;
  /** The email that welcomed them could not be delivered. */
  hasBounced: boolean;
};

/**
 * Whether a friend's address is only what somebody typed into an invitation.
 * @returns null where it has answered, where it never had to, or where that was noted before
 */
export async function unansweredOf(
  { db, merchantId }: Tx,
  referralId: string,
): Promise<Unanswered | null> {
  const [row] = await db.$queryRaw<Unanswered[]>`
    SELECT c.email, EXISTS (
        SELECT FROM message m WHERE m.merchant_id = r.merchant_id
          AND m.cause_key = 'welcome:' || r.id AND m.state = 'failed'
      ) AS "hasBounced"
    FROM referral r
    JOIN customer c ON c.merchant_id = r.merchant_id AND c.id = r.friend_id
    WHERE r.merchant_id = ${merchantId} AND r.id = ${referralId}
      AND r.proven_at IS NULL AND r.approved_at IS NULL AND c.email IS NOT NULL
      AND NOT EXISTS (
        SELECT FROM fraud_signal f WHERE f.merchant_id = r.merchant_id
          AND f.referral_id = r.id AND f.kind = 'unanswered_email')`;
  return row ?? null;
}
