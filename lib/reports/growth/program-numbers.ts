import type { Scope } from "@/lib/merchants/scope";
import { METRIC_LIMIT, within } from "../limits";
import { inReport, type ReportScope } from "../sql";

/** A program's figures since its beginning, as its page shows them. */
export type ProgramNumbers = {
  /** Customers who joined to share. */
  advocates: number;
  /** Opened share links, as stored: without bots, previews and repeats. */
  clicks: number;
  /** Referrals whose friend joined. Rejected ones are not counted, here and below. */
  friends: number;
  /** Referrals that are qualified, rewarded or not. */
  qualified: number;
  /** Rewards that stand: neither voided, expired nor reversed. */
  rewards: number;
  /**
   * What those rewards cost, in minor units of the merchant's currency, less what refunds
   * reversed.
   */
  costMinor: bigint;
};

/**
 * Straight counts, no window: what the program's page says, and what its budget is measured
 * against.
 */
export async function programNumbers(scope: Scope, programId: string): Promise<ProgramNumbers> {
  const count = async ({ db, merchantId }: ReportScope): Promise<ProgramNumbers> => {
    const [row] = await db.$queryRaw<[ProgramNumbers]>`
      SELECT
        (SELECT count(*)::int
        FROM advocate WHERE merchant_id = ${merchantId} AND program_id = ${programId}) AS advocates,
        (SELECT count(*)::int FROM advocate a
          JOIN event e ON e.merchant_id = a.merchant_id AND e.advocate_id = a.id
            AND e.type = 'click'
          WHERE a.merchant_id = ${merchantId} AND a.program_id = ${programId}) AS clicks,
        r.friends, r.qualified,
        COALESCE((SELECT rewards
        FROM program_budget
        WHERE merchant_id = ${merchantId} AND program_id = ${programId}), 0) AS rewards,
        COALESCE((SELECT cost_minor
        FROM program_budget
        WHERE merchant_id = ${merchantId} AND program_id = ${programId}), 0)::bigint
          AS "costMinor"
      FROM (
        SELECT count(*) FILTER (WHERE joined_at IS NOT NULL
          AND state <> 'rejected')::int AS friends,
          count(*) FILTER (WHERE state IN ('qualified', 'rewarded'))::int AS qualified
        FROM referral WHERE merchant_id = ${merchantId} AND program_id = ${programId}
      ) r`;
    return row;
  };
  return inReport(scope, within(METRIC_LIMIT, 1), count, "program.read");
}
