import { newId } from "@/lib/core/id";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";

type Backdate = {
  referralId: string;
  /** When the friend joined, as is known now: earlier than what is on record. */
  at: Date;
  eventId: string;
  /** From the start of the referral to its end, where no click began it. */
  windowDays: number;
};

/**
 * Dates the joining of a friend back, for an event that happened before the one that was known as
 * their joining but arrived after it. The state stays; what follows from the time is settled next.
 */
export async function backdateReferral(
  scope: Scope,
  { referralId, at, eventId, windowDays }: Backdate,
): Promise<void> {
  await inScope(
    scope,
    (db, tx) => db.$executeRaw`
    WITH step AS (
      INSERT INTO referral_step (merchant_id, referral_id, id, state, reason, at, recorded_at,
        actor, event_id)
      SELECT merchant_id, id, ${newId("stp")}, 'joined', 'joined_earlier', ${at}, ${scopeNow(tx)},
        ${tx.actor.label}, ${eventId}
      FROM referral WHERE merchant_id = ${tx.merchantId} AND id = ${referralId}
    )
    UPDATE referral SET joined_at = ${at},
      expires_at = CASE WHEN clicked_at IS NULL
        THEN ${at}::timestamptz + ${windowDays} * interval '1 day' ELSE expires_at END
    WHERE merchant_id = ${tx.merchantId} AND id = ${referralId}`,
  );
}
