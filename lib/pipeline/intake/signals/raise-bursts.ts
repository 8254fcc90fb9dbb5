import type { Burst } from "@/lib/fraud/commands";
import { inBurst, type InBurst } from "@/lib/fraud/queries/bursts";
import { beginningSignals } from "@/lib/fraud/rules/signals";
import { inScope, type Scope, type Tx } from "@/lib/merchants/scope";
import { fraudRules } from "@/lib/terms/rules/fraud";
import { termsOfReferral } from "../../read/terms-in-effect";
import { settleSignal } from "./settle-signal";

/**
 * Counts a burst again with everything in view that was noted of it: what began at the same moment,
 * or turned out to have begun before, was not seen when each of them began. The same referrals
 * raise the same signals in whatever order they came to be known.
 * @returns whether anything was noted of it
 */
export async function raiseBursts(scope: Scope, burst: Burst): Promise<boolean> {
  return inScope(scope, async (tx) => {
    const since = await takeNotes(tx, burst);
    if (since === null) return false;
    const found = await inBurst(tx, burst, since);
    await tx.lock.referrals(...found.map(({ referralId }) => referralId));
    for (const one of found) {
      const rules = fraudRules(await termsOfReferral(tx, one));
      const signals = beginningSignals(factsOf(burst, one), rules);
      if (signals.length > 0)
        await settleSignal(tx, one.referralId, { signals, rules, occasion: null });
    }
    return true;
  });
}

/**
 * Takes the notes of a burst: what was noted is on record by the next statement.
 * @returns since when it is concerned; null without a note
 */
async function takeNotes({ db, merchantId }: Tx, { kind, ref }: Burst): Promise<Date | null> {
  const [taken] = await db.$queryRaw<[{ since: Date | null }]>`
    WITH taken AS (
      DELETE FROM burst_due WHERE merchant_id = ${merchantId} AND kind = ${kind} AND ref = ${ref}
      RETURNING since
    ) SELECT min(since) AS since FROM taken`;
  return taken.since;
}

function factsOf({ kind }: Burst, { count }: InBurst) {
  return {
    claimed: null,
    peopleOfNetwork: kind === "network" ? count : 0,
    friendsOfAdvocate: kind === "advocate" ? count : 0,
  };
}
