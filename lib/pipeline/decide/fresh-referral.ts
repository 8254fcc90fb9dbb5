import type { LoadedReferral } from "@/lib/referrals/commands";
import type { Start } from "./starts";

/** A referral that has just begun, as it would be read. @param firstOrderAt of its friend */
export function freshReferral(
  { referral, evidence, eventId, recordedAt }: Start,
  firstOrderAt: Date | null,
): LoadedReferral {
  const { round: _, code: _code, attributedBy: _by, provenBy: _proof, ...own } = referral;
  const { score: _score, ...kept } = own;
  const { qualifiedAt: _qualified, rewardedAt: _rewarded, ...loaded } = kept;
  return {
    ...loaded,
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
