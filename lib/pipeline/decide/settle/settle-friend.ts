import { courseOf, isQualified, type ReferralFacts } from "@/lib/referrals/rules";
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
import { countedFacts, startOf, takenReferrals } from "./counted-facts";

/** When it is decided, and when the fact happened that made it look again. */
export type Moment = { now: Date; at: Date };

/**
 * Brings the referrals of a friend, and the rewards for them, to where the facts that stand take
 * them. Rules that depend on which of the advocate's friends it is are left to `settleNumbered`.
 */
export function settleFriend(shop: ShopWorld, friend: FriendWorld, moment: Moment): Effect[] {
  const taken = takenBy(shop, friend);
  return friend.referrals.flatMap((referral) =>
    settleReferral(shop, friend, referral, taken.has(referral.id), moment),
  );
}

function settleReferral(
  shop: ShopWorld,
  friend: FriendWorld,
  referral: ReferralWorld,
  isTaken: boolean,
  { now, at }: Moment,
): Effect[] {
  const { terms } = referral;
  const facts = factsOf(shop, friend, referral, isTaken);
  const context = contextOf(shop, referral);
  const { step, qualifiedBy, isOpen } = courseOf({ terms, facts, context, now, at });
  const due = isOpen
    ? dueOfReferral({ terms, referralId: referral.id, facts, context, qualifiedBy })
    : [];
  const numbered = new Set(terms.rules.filter(isByFriendsNumber).map(({ id }) => id));
  const settlement = settleRewards({
    due: due
      .filter(({ rule }) => !numbered.has(rule.id))
      .map((one) => dueReward(shop, referral, one)),
    rewards: referral.rewards.filter(({ ruleId }) => !isOpen || !numbered.has(ruleId)),
    refusals: referral.refusals,
    lostBecause: lostBecause(friend, isOpen),
  });
  const { wanted, reversed } = settlement;
  const isDone = qualifiedBy !== null && (step !== null || wanted.length + reversed.length > 0);
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
  const terms = { ...referral.terms, rules: referral.terms.rules.filter(isByFriendsNumber) };
  const rules = new Set(terms.rules.map(({ id }) => id));
  const facts = factsOf(shop, friend, referral, takenBy(shop, friend).has(referral.id));
  const context = {
    ...contextOf(shop, referral),
    qualifiedAt: { referralId: referral.id, times },
  };
  const due =
    referral.state === "rejected"
      ? []
      : dueOfReferral({
          terms,
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
  isTaken: boolean,
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
    isTaken,
    ...countedFacts(shop.countingTouch, friend, referral),
  };
}

/** The referrals that earn nothing because an earlier one keeps the friend. */
function takenBy(shop: ShopWorld, friend: FriendWorld): ReadonlySet<string> {
  return takenReferrals(friend, (referral) => qualifies(shop, friend, referral));
}

/** Whether what a friend did qualifies one of their referrals that is not taken. */
function qualifies(shop: ShopWorld, friend: FriendWorld, referral: ReferralWorld): boolean {
  const facts = factsOf(shop, friend, referral, false);
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
    price: { pointCostMilli: shop.pointCostMilli, multiplierBp: multiplier?.multiplierBp },
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
  const { id, terms, programId, programVersion, advocateId, arm, reviewAt } = referral;
  return {
    terms,
    programId,
    programVersion,
    advocateId,
    arm,
    referral: { id, underReview: reviewAt !== null },
  };
}

/** A settlement as effects: what makes room under limits comes before what takes it. */
export function effectsOf(settlement: Settlement, to: GrantTo): Effect[] {
  return [
    ...settlement.reversed.map((one): Effect => ({ kind: "reverse", ...one })),
    ...settlement.changed.map((change): Effect => ({ kind: "change", change })),
    ...settlement.refused.map(({ basis, reasons, ...due }): Effect => ({
      kind: "refuse",
      due,
      to,
      basis,
      reasons,
    })),
    ...settlement.wanted.map((due): Effect => ({ kind: "grant", due, to })),
  ];
}
