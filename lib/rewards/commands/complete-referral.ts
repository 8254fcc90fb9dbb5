import { scopeNow, type Tx } from "@/lib/merchants/scope";
import { stepReferrals } from "@/lib/referrals/commands";

/**
 * Marks qualified referrals as rewarded once they have rewards and none of them is held any more.
 * The referrals are locked by then.
 */
export async function completeReferrals(tx: Tx, referralIds: readonly string[]): Promise<void> {
  if (referralIds.length === 0) return;
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    SELECT f.id FROM referral f
    JOIN reward r ON r.merchant_id = f.merchant_id AND r.referral_id = f.id
    WHERE f.merchant_id = ${tx.merchantId} AND f.id = ANY(${[...referralIds]}::text[])
      AND f.state = 'qualified'
    GROUP BY f.id
    HAVING bool_or(r.state IN ('available', 'issued', 'used')) AND NOT bool_or(r.state = 'held')
    ORDER BY f.id`;
  markRewarded(
    tx,
    rows.map(({ id }) => id),
  );
}

/** Takes referrals whose rewards are all released on to `rewarded`. */
export function markRewarded(tx: Tx, referralIds: readonly string[]): void {
  const step = { reason: "rewards_issued", at: scopeNow(tx), eventId: null };
  stepReferrals(
    tx,
    referralIds.map((referralId) => ({ referralId, state: "rewarded", ...step })),
  );
}
