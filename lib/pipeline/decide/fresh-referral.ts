import type { LoadedReferral } from "@/lib/referrals/commands";
import type { KnownPeople } from "@/lib/terms/facts/known";
import type { Terms } from "@/lib/terms/schema";
import type { Start } from "./starts";
import type { ReferralWorld } from "./world";

/** A referral that has just begun, as it would be read. @param firstOrderAt of its friend */
function freshReferral(
  { referral, evidence, eventId }: Start,
  firstOrderAt: Date | null,
): LoadedReferral {
  const { round: _, code: _code, attributedBy: _by, ...kept } = referral;
  const { qualifiedAt: _qualified, rewardedAt: _rewarded, ...loaded } = kept;
  return {
    ...loaded,
    reviewAt: null,
    approvedAt: null,
    joinEventId: eventId,
    firstOrderAt,
    advocateCustomerId: evidence.advocateCustomerId,
    qualifiedCount: evidence.advocate.qualifiedCount,
    qualifiedByEventId: null,
    qualifiedByAt: null,
  };
}

/**
 * The world of a referral that has just begun and that nothing is known of but its beginning: what
 * reading it back would give.
 * @param terms of its version and arm
 * @param people as these terms ask for them
 * @param firstOrderAt of its friend, with what the event brought
 */
export function freshReferralWorld(
  start: Start,
  { terms, people, firstOrderAt }: { terms: Terms; people: KnownPeople; firstOrderAt: Date | null },
): ReferralWorld {
  return {
    ...freshReferral(start, firstOrderAt),
    terms,
    people,
    peopleThen: new Map(),
    rewards: [],
    refusals: [],
  };
}
