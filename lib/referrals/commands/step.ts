import { newId } from "@/lib/core/id";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { ReferralState } from "../schema";

export type ReferralStepInput = {
  referralId: string; state: ReferralState; reason: string; at: Date; eventId: string | null;
  /** A return to a state that it was in before: that state keeps the time it was first reached. */
  returns?: boolean;
};

const TIME_OF = {
  clicked: "clickedAt", joined: "joinedAt", qualified: "qualifiedAt", rewarded: "rewardedAt",
  rejected: null, expired: null, reversed: null,
} as const satisfies Record<ReferralState, string | null>;

/** Writes one step of a referral's life and, with it, its state, reason and time. */
export async function stepReferral(scope: Scope, step: ReferralStepInput): Promise<void> {
  await inScope(scope, async (db, scope) => {
    await db.referralStep.create({
      data: {
        merchantId: scope.merchantId, referralId: step.referralId, id: newId("stp"), state: step.state, reason: step.reason,
        at: step.at, recordedAt: scopeNow(scope), actor: scope.actor.label, eventId: step.eventId,
      },
    });
    const time = step.returns ? null : TIME_OF[step.state];
    await db.referral.update({
      where: { merchantId_id: { merchantId: scope.merchantId, id: step.referralId } },
      data: { state: step.state, reason: step.reason, ...(time && { [time]: step.at }) },
    });
  });
}
