import {
  courseOf,
  earning,
  earningOf,
  type Hindrance,
  isQualified,
  type ReferralFacts,
} from "@/lib/referrals/rules";
import {
  type DueReward,
  type GrantTo,
  type RewardRecord,
  settleRewards,
  type Settlement,
} from "@/lib/rewards/rules/settle";
import type { ReversalReason } from "@/lib/rewards/schema";
import type { QualifiedTimes, ReferralContext } from "@/lib/terms/facts/known";
import { type Cause, stands } from "@/lib/terms/facts/referrals";
import { isByFriendsNumber } from "@/lib/terms/rules/applying";
import { type Due, dueOfReferral } from "@/lib/terms/rules/due";
import { givesPoints } from "@/lib/terms/rules/worth";
import type { Effect } from "../effects";
import type { FriendWorld, ReferralWorld, ShopWorld } from "../world";
import { countedFacts, hindrances, startOf } from "./counted-facts";
import { effectsOf } from "./effects-of";

/** When it is decided, and when the fact happened that made it look again. */
export type Moment = { now: Date; at: Date };

/**
 * Brings the referrals of a friend, and the rewards for them, to where the facts that stand take
 * them. Rules that depend on which of the advocate's friends it is are left to `settleNumbered`.
 */
export function settleFriend(shop: ShopWorld, friend: FriendWorld, moment: Moment): Effect[] {
  const hindered = hinderedBy(shop, friend);
  return friend.referrals.flatMap((referral) =>
    settleReferral(shop, friend, referral, hindered.get(referral.id) ?? null, moment),
  );
}

function settleReferral(
  shop: ShopWorld,
  friend: FriendWorld,
  referral: ReferralWorld,
  hindrance: Hindrance | null,
  { now, at }: Moment,
): Effect[] {
  const facts = factsOf(shop, friend, referral, hindrance);
  const context = contextOf(shop, referral);
  const { step, qualifiedBy, earns } = courseOf({ terms: referral.terms, facts, context, now, at });
  const isOpen = earns !== "nobody";
  const terms = earning(referral.terms, earns);
  const due = dueOfReferral({ terms, referralId: referral.id, facts, context, qualifiedBy });
  const numbered = new Set(referral.terms.rules.filter(isByFriendsNumber).map(({ id }) => id));
  const settlement = settleRewards({
    due: due
      .filter(({ rule }) => !numbered.has(rule.id))
      .map((one) => dueReward(shop, referral, one)),
    rewards: referral.rewards.filter(({ ruleId }) => !isOpen || !numbered.has(ruleId)),
    refusals: referral.refusals,
    lostBecause: lostBecause(friend, isOpen || hindrance === "waits"),
  });
  const { wanted, reversed } = settlement;
  const isDone =
    earns === "both" &&
    qualifiedBy !== null &&
    (step !== null || wanted.length + reversed.length > 0);
  const { state, qualifiedByEventId } = referral;
  const isFirst = step?.to === "qualified" && state === "joined" && qualifiedByEventId === null;
  return [
    ...(step ? [{ kind: "step_referral", referral, step } as const] : []),
    ...effectsOf(settlement, grantTo(referral)),
    ...(isDone ? [complete(referral, settlement, isFirst)] : []),
    ...(numbered.size > 0 && isOpen
      ? [
          {
            kind: "note_advocate",
            advocateId: referral.advocateId,
            referralId: referral.id,
          } as const,
        ]
      : []),
  ];
}

/**
 * Brings the rewards for a friend that depend on their number among the advocate's friends to where
 * the facts take them, with all of those in view.
 * @param times when the advocate's referrals qualified
 */
export function settleNumbered(
  shop: ShopWorld,
  friend: FriendWorld,
  referral: ReferralWorld,
  times: QualifiedTimes["times"],
): Effect[] {
  const numbered = referral.terms.rules.filter(isByFriendsNumber);
  const rules = new Set(numbered.map(({ id }) => id));
  const hindrance = hinderedBy(shop, friend).get(referral.id) ?? null;
  const facts = factsOf(shop, friend, referral, hindrance);
  const context = {
    ...contextOf(shop, referral),
    qualifiedAt: { referralId: referral.id, times },
  };
  const earns = referral.state === "rejected" ? "nobody" : earningOf(facts);
  const due = dueOfReferral({
    terms: earning({ ...referral.terms, rules: numbered }, earns),
    referralId: referral.id,
    facts,
    context,
    qualifiedBy: currentCause(facts, referral),
  });
  const settlement = settleRewards({
    due: due.map((one) => dueReward(shop, referral, one)),
    rewards: referral.rewards.filter(({ ruleId }) => rules.has(ruleId)),
    refusals: referral.refusals,
    lostBecause: (reward) => (isReturned(friend, reward) ? "refunded" : "too_few_friends"),
  });
  return [
    ...effectsOf(settlement, grantTo(referral)),
    ...(settlement.wanted.length > 0 ? [complete(referral, settlement, false)] : []),
  ];
}

/**
 * @param isFirst it qualifies for the first time, so that it has no reward yet that somebody else
 * got for it
 */
function complete(referral: ReferralWorld, settlement: Settlement, isFirst: boolean): Effect {
  const { wanted, reversed, changed } = settlement;
  const isKnown =
    isFirst && reversed.length + changed.length === 0 && wanted.every(({ kept }) => kept === null);
  return {
    kind: "complete",
    referralId: referral.id,
    before: isKnown ? referral.rewards.map(({ state }) => state) : null,
  };
}

/** What qualifies a referral by its own last step, as the facts have it now. */
function currentCause(facts: ReferralFacts, referral: ReferralWorld): Cause | null {
  const { state, qualifiedByEventId: eventId, qualifiedByAt: at } = referral;
  if (!isQualified(state) || eventId === null || at === null) return null;
  const order = facts.orders.find((one) => one.eventId === eventId) ?? null;
  const goal = facts.goals.find((one) => one.eventId === eventId);
  const { recordedAt } = order ?? goal ?? { recordedAt: facts.joinRecordedAt };
  return { eventId, order, at, recordedAt, country: order?.country ?? goal?.country ?? null };
}

function factsOf(
  shop: ShopWorld,
  friend: FriendWorld,
  referral: ReferralWorld,
  hindrance: Hindrance | null,
): ReferralFacts {
  const { joinedAt, joinRecordedAt, expiresAt, joinEventId, state, reason } = referral;
  const startedAt = startOf(referral);
  return {
    state,
    reason,
    qualifiedByEventId: referral.qualifiedByEventId,
    qualifiedByAt: referral.qualifiedByAt,
    isApproved: referral.approvedAt !== null,
    joinEventId,
    startedAt,
    joinedAt,
    joinRecordedAt,
    expiresAt,
    hasEarlierOrder: friend.firstOrderAt !== null && friend.firstOrderAt < startedAt,
    isProven: referral.provenAt !== null,
    isHeldBack: referral.heldBack,
    hindrance,
    ...countedFacts(shop.countingTouch, friend, referral),
  };
}

/** What the friend's referrals make of each other, by their ids. */
function hinderedBy(shop: ShopWorld, friend: FriendWorld): ReadonlyMap<string, Hindrance> {
  return hindrances(friend, (referral) => qualifies(shop, friend, referral));
}

/** Whether what a friend did qualifies one of their referrals that nothing hinders. */
function qualifies(shop: ShopWorld, friend: FriendWorld, referral: ReferralWorld): boolean {
  const facts = factsOf(shop, friend, referral, null);
  const context = contextOf(shop, referral);
  const moment = { now: facts.startedAt, at: facts.startedAt };
  return courseOf({ terms: referral.terms, facts, context, ...moment }).qualifiedBy !== null;
}

function contextOf(shop: ShopWorld, referral: ReferralWorld): ReferralContext {
  return {
    timeZone: shop.timeZone,
    ...referral.people,
    peopleThen: referral.peopleThen,
    channel: referral.channel,
    clickedAt: referral.clickedAt,
    qualifiedReferrals: referral.qualifiedCount,
  };
}

function dueReward(shop: ShopWorld, referral: ReferralWorld, due: Due): DueReward {
  const customerId = due.rule.side === "friend" ? referral.friendId : referral.advocateCustomerId;
  return priced(shop, referral.programId, customerId, due);
}

/** A due rule with the person who gets its reward and what points are worth to them. */
export function priced(
  shop: ShopWorld,
  programId: string,
  customerId: string,
  due: Due,
): DueReward {
  const multiplier = givesPoints(due.rule)
    ? shop.multiplier(customerId, programId, due.cause.at)
    : null;
  return {
    ...due,
    customerId,
    price: {
      pointCostMilli: shop.pointCostMilli,
      multiplierBp: multiplier?.multiplierBp,
      factors: multiplier?.factors,
    },
    priceReasons: multiplier?.reasons ?? [],
  };
}

function lostBecause(friend: FriendWorld, isOpen: boolean) {
  return (reward: RewardRecord): ReversalReason =>
    !isOpen ? "referral_rejected" : isReturned(friend, reward) ? "refunded" : "superseded";
}

/** Whether what a reward was granted for came back, or so much of it that it earns nothing. */
function isReturned({ orders }: FriendWorld, { orderId }: RewardRecord): boolean {
  const order = orders.find((one) => one.orderId === orderId);
  return order !== undefined && (!stands(order) || order.remainingMinor < order.totalMinor);
}

function grantTo(referral: ReferralWorld): GrantTo {
  const { id, terms, programId, programVersion, advocateId, arm } = referral;
  return {
    terms,
    programId,
    programVersion,
    advocateId,
    arm,
    referral: { id, underReview: referral.reviewAt !== null, couponWaits: referral.couponWaits },
  };
}
