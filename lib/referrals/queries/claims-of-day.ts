import { addDays } from "@/lib/core/time";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import type { ClaimsOfDay } from "../rules";

/**
 * How many claims of the last 24 hours had their friends' own rewards shown at once, though nothing
 * had proven them yet. Whoever is to stay within the limits holds the program's lock.
 */
export async function claimsOfDay(
  tx: Tx,
  { programId, advocateId }: { programId: string; advocateId: string },
): Promise<ClaimsOfDay> {
  const since = addDays(scopeNow(tx), -1);
  const [row] = await tx.db.$queryRaw<[ClaimsOfDay]>`
    SELECT count(*)::int AS "ofProgram",
      count(*) FILTER (WHERE advocate_id = ${advocateId})::int AS "ofAdvocate"
    FROM referral
    WHERE merchant_id = ${tx.merchantId} AND program_id = ${programId} AND created_at > ${since}
      AND attributed_by = 'claim' AND NOT held_back AND proven_at IS DISTINCT FROM joined_at`;
  return row;
}
