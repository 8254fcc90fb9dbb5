import { addDays } from "@/lib/core/time";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import { type ClaimsOfDay, isHeldBack } from "../rules";

type NewClaim = { programId: string; advocateId: string; friendId: string };

/**
 * Whether what the friend gets by a claim that begins waits until it is proven, too: the day's were
 * used up, or their address is a spelling of one that another customer has. Whoever is to stay
 * within the limits holds the program's lock, and those of the friend's keys.
 */
export async function mustWait(tx: Tx, claim: NewClaim): Promise<boolean> {
  return isHeldBack(await claimsOfDay(tx, claim)) || (await isKnownElsewhere(tx, claim));
}

async function isKnownElsewhere(
  { db, merchantId }: Tx,
  { friendId }: Pick<NewClaim, "friendId">,
): Promise<boolean> {
  const [row] = await db.$queryRaw<[{ isKnown: boolean }]>`
    SELECT EXISTS (
      SELECT FROM customer_key k
      JOIN customer_key o ON o.merchant_id = k.merchant_id AND o.kind = k.kind
        AND o.value = k.value AND o.customer_id <> k.customer_id
      WHERE k.merchant_id = ${merchantId} AND k.customer_id = ${friendId} AND k.kind = 'email'
        AND NOT EXISTS (
          SELECT FROM customer_apart x WHERE x.merchant_id = ${merchantId}
            AND x.one_id = LEAST(k.customer_id, o.customer_id)
            AND x.other_id = GREATEST(k.customer_id, o.customer_id))
    ) AS "isKnown"`;
  return row.isKnown;
}

/**
 * How many claims of the last 24 hours had their friends' own rewards shown at once, though nothing
 * had proven them yet.
 */
async function claimsOfDay(
  tx: Tx,
  { programId, advocateId }: Pick<NewClaim, "programId" | "advocateId">,
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
