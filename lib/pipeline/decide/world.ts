import type { CountingTouch } from "@/lib/merchants/schema";
import type { KnownPeople } from "@/lib/terms/facts/known";
import type { PersonFact } from "@/lib/terms/facts/conditions";
import type { Action } from "@/lib/terms/facts/actions";
import type { GoalFact, OrderFact } from "@/lib/terms/facts/referrals";
import type { Factor } from "@/lib/terms/rules/worth";
import type { Terms } from "@/lib/terms/schema";
import type { LoadedReferral } from "@/lib/referrals/commands";
import type { RefusalRecord, RewardRecord } from "@/lib/rewards/rules/settle";

/** Everything that deciding may ask. It is read before, in few statements; nothing here reads. */

/** What the shop has set, and what its points are worth. */
export type ShopWorld = {
  timeZone: string;
  /** Which program a fact counts for when the friend came through several. */
  countingTouch: CountingTouch;
  pointCostMilli: number;
  /** How much more points count for somebody, for what happened at a time in a program. */
  multiplier(
    customerId: string,
    programId: string,
    at: Date,
  ): { multiplierBp: number; factors: readonly Factor[]; reasons: readonly string[] };
};

/** A friend, what they did within the time of their referrals, and those referrals. */
export type FriendWorld = {
  friendId: string;
  orders: readonly OrderFact[];
  goals: readonly GoalFact[];
  /** When their first order was made that stands. */
  firstOrderAt: Date | null;
  referrals: readonly ReferralWorld[];
};

export type ReferralWorld = LoadedReferral & {
  /** Of its version and arm. */
  terms: Terms;
  people: KnownPeople;
  /** The same as they were when an event was processed, by its id. */
  peopleThen: ReadonlyMap<string, KnownPeople>;
  rewards: readonly RewardRecord[];
  refusals: readonly RefusalRecord[];
};

export type TermsInEffect = {
  terms: Terms;
  version: number;
  arm: string | null;
  /** Whether the program grants anything new of that time; what was granted is settled anyway. */
  isOpen: boolean;
};

/** An advocate in one program, with what they did themselves or what their friends make of them. */
export type AdvocateWorld = {
  id: string;
  programId: string;
  customerId: string;
  joinedAt: Date;
  qualifiedCount: number;
  /** The terms of their arm that were in effect at a time; null where those watch nothing. */
  termsAt(at: Date): TermsInEffect | null;
  person: PersonFact | null;
  personThen: ReadonlyMap<string, PersonFact | null>;
  /** What is looked at: each is rewarded on its own. */
  actions: readonly Action[];
  /** Referrals that are reversed: what was granted for them fell with their order. */
  reversedReferrals: ReadonlySet<string>;
  /** Rewards for these actions, and those whose action is no more. */
  rewards: readonly RewardRecord[];
  refusals: readonly RefusalRecord[];
};
