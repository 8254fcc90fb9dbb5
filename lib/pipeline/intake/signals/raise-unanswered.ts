import { unansweredOf } from "@/lib/fraud/queries/answers";
import { unansweredEmail } from "@/lib/fraud/signals/unanswered-email";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import type { LoadedReferral } from "@/lib/referrals/commands";
import { fraudRules } from "@/lib/terms/rules/fraud";
import { termsOfReferral } from "../../read/terms-in-effect";
import { settleSignal } from "./settle-signal";

/**
 * Looks, before a reward of a referral is released, whether its friend's address has ever answered.
 * @param referral locked
 */
export async function raiseUnanswered(tx: Tx, referral: LoadedReferral): Promise<void> {
  const unanswered = await unansweredOf(tx, referral.id);
  if (!unanswered) return;
  const rules = fraudRules(await termsOfReferral(tx, referral));
  const times = { joinedAt: referral.joinedAt, now: scopeNow(tx) };
  const signal = unansweredEmail(unanswered, times, rules);
  if (signal) await settleSignal(tx, referral.id, { signals: [signal], rules, occasion: null });
}
