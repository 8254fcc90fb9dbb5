import type { Tx } from "@/lib/merchants/scope";
import { qualifiedBy, type QualifiedTimes } from "@/lib/terms/facts/known";
import type { LoadedAdvocate } from "./advocates";

type Numbered = { referralId: string; at: Date; number: number | null };

/**
 * When an advocate's referrals qualified, and which of them have a decision on record that rests on
 * another number of them than it would now.
 */
export async function readNumbers(
  tx: Tx,
  advocate: LoadedAdvocate,
): Promise<{ times: QualifiedTimes["times"]; changed: string[] }> {
  const { db, merchantId } = tx;
  const times = await db.$queryRaw<{ referralId: string; at: Date }[]>`
    SELECT id AS "referralId", qualified_at AS at FROM referral
    WHERE merchant_id = ${merchantId} AND advocate_id = ${advocate.id}
      AND state IN ('qualified', 'rewarded') AND qualified_at IS NOT NULL
    ORDER BY qualified_at, id`;
  const decided = await db.$queryRaw<Numbered[]>`
    WITH decided AS (
      SELECT referral_id, facts FROM reward
      WHERE merchant_id = ${merchantId} AND program_id = ${advocate.programId}
        AND source = 'rule' AND cause_kind IN ('referral', 'order')
        AND state NOT IN ('voided', 'reversed')
        AND referral_id IN (
          SELECT id FROM referral WHERE merchant_id = ${merchantId} AND advocate_id = ${advocate.id}
        )
      UNION ALL
      SELECT referral_id, facts FROM reward_refusal
      WHERE merchant_id = ${merchantId} AND advocate_id = ${advocate.id}
        AND referral_id IS NOT NULL
    )
    SELECT referral_id AS "referralId", (facts->>'at')::timestamptz AS at,
      (facts->'counts'->>'confirmed_referrals')::int AS number
    FROM decided WHERE facts->'counts'->>'confirmed_referrals' IS NOT NULL`;
  const changed = decided.filter(
    ({ referralId, at, number }) => qualifiedBy({ referralId, times }, at) !== number,
  );
  return { times, changed: [...new Set(changed.map(({ referralId }) => referralId))] };
}
