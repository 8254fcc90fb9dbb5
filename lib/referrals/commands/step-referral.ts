import { Prisma } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { ReferralState } from "../schema";

export type ReferralStepInput = {
  referralId: string;
  state: ReferralState;
  reason: string;
  at: Date;
  eventId: string | null;
  /** A return to a state that it was in before: that state keeps the time it was first reached. */
  returns?: boolean;
};

const TIME_OF = {
  clicked: "clicked_at",
  joined: "joined_at",
  qualified: "qualified_at",
  rewarded: "rewarded_at",
  rejected: null,
  expired: null,
  reversed: null,
} as const satisfies Record<ReferralState, string | null>;

/** Writes one step of a referral's life and, with it, its state, reason and time. */
export async function stepReferral(scope: Scope, step: ReferralStepInput): Promise<void> {
  const time = step.returns ? null : TIME_OF[step.state];
  const setTime = time ? Prisma.sql`, ${Prisma.raw(time)} = ${step.at}` : Prisma.empty;
  await inScope(
    scope,
    (db, scope) => db.$executeRaw`
    WITH step AS (
      INSERT INTO referral_step (merchant_id, referral_id, id, state, reason, at, recorded_at,
        actor, event_id)
      VALUES (${scope.merchantId}, ${step.referralId}, ${newId("stp")}, ${step.state},
        ${step.reason}, ${step.at},
        ${scopeNow(scope)}, ${scope.actor.label}, ${step.eventId})
    )
    UPDATE referral SET state = ${step.state}, reason = ${step.reason}${setTime}
    WHERE merchant_id = ${scope.merchantId} AND id = ${step.referralId}`,
  );
}
