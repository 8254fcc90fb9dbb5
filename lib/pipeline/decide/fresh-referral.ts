import type { LoadedReferral } from "@/lib/referrals/commands";
import type { Start } from "./starts";

/** A referral that has just begun, as it would be read. @param firstOrderAt of its friend */
export function freshReferral(
  { referral, evidence, eventId, recordedAt }: Start,
  firstOrderAt: Date | null,
): LoadedReferral {
  return {
    id: referral.id,
    programId: referral.programId,
    programVersion: referral.programVersion,
    advocateId: referral.advocateId,
    friendId: referral.friendId,
    state: referral.state,
    reason: referral.reason,
    clickedAt: referral.clickedAt,
    joinedAt: referral.joinedAt,
    expiresAt: referral.expiresAt,
    provenAt: referral.provenAt,
    heldBack: referral.heldBack,
    reviewAt: referral.reviewAt,
    channel: referral.channel,
    arm: referral.arm,
    couponWaits: false,
    approvedAt: null,
    joinEventId: eventId,
    joinRecordedAt: recordedAt,
    firstOrderAt,
    advocateCustomerId: evidence.advocateCustomerId,
    qualifiedCount: evidence.advocate.qualifiedCount,
    qualifiedByEventId: null,
    qualifiedByAt: null,
  };
}
