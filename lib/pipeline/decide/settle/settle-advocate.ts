import { type RewardRecord, settleRewards } from "@/lib/rewards/rules/settle";
import type { ReversalReason } from "@/lib/rewards/schema";
import { type Action, causeOfAction } from "@/lib/terms/facts/actions";
import { type CauseRef, causeText } from "@/lib/terms/facts/causes";
import { dueOfAction } from "@/lib/terms/rules/due";
import type { Effect } from "../effects";
import type { AdvocateWorld, ShopWorld } from "../world";
import { effectsOf } from "./effects-of";
import { priced } from "./settle-friend";

/**
 * Brings the rewards for an advocate's actions to where the facts that stand take them: what they
 * did themselves, and what their friends make of them. Each action is decided under the terms that
 * were in effect when it happened.
 */
export function settleAdvocate(shop: ShopWorld, advocate: AdvocateWorld): Effect[] {
  const { rewards, actions } = advocate;
  const known = new Set(actions.map((action) => causeText(causeRefOf(action))));
  const lost = rewards.filter(({ causeRef }) => !known.has(causeText(causeRef)));
  return [
    ...settleRewards({
      due: [],
      rewards: lost,
      refusals: [],
      lostBecause: lostBecause(advocate),
    }).reversed.map((one): Effect => ({ kind: "reverse", ...one })),
    ...actions.flatMap((action) => settleAction(shop, advocate, action)),
  ];
}

function settleAction(shop: ShopWorld, advocate: AdvocateWorld, action: Action): Effect[] {
  const inEffect = advocate.termsAt(causeOfAction(action).at);
  if (!inEffect) return [];
  const { terms, version, arm, isOpen } = inEffect;
  const { id, programId, customerId, joinedAt, person, personThen, qualifiedCount } = advocate;
  const due = dueOfAction(terms, action, {
    timeZone: shop.timeZone,
    joinedAt,
    advocate: person,
    advocateThen: personThen,
    qualifiedReferrals: qualifiedCount,
  });
  const causeRef = causeText(causeRefOf(action));
  const settled = settleRewards({
    due: due.map((one) => priced(shop, programId, customerId, one)),
    rewards: advocate.rewards.filter((reward) => causeText(reward.causeRef) === causeRef),
    refusals: advocate.refusals,
    lostBecause: lostBecause(advocate),
  });
  const settlement = isOpen ? settled : { ...settled, wanted: [], refused: [] };
  const referral = action.kind === "second_level" ? action.referral : null;
  return [
    ...effectsOf(settlement, {
      terms,
      programId,
      programVersion: version,
      advocateId: id,
      arm,
      referral: referral && {
        id: referral.referralId,
        underReview: referral.underReview,
        couponWaits: referral.underReview,
      },
    }),
    ...(referral && settlement.wanted.length > 0
      ? [{ kind: "complete", referralId: referral.referralId, before: null } as const]
      : []),
  ];
}

/** What the rewards for an action are for. */
export function causeRefOf(action: Action): CauseRef {
  switch (action.kind) {
    case "join":
      return { kind: "join", ref: "" };
    case "purchase":
      return { kind: "order", ref: action.order.orderId };
    case "event":
      return { kind: "event", ref: action.eventId };
    case "visit":
      return { kind: "visit", ref: action.visitorId };
    case "qualified":
      return { kind: "milestone", ref: String(action.number) };
    case "second_level":
      return { kind: "second_level", ref: action.referral.referralId };
  }
}

function lostBecause({ reversedReferrals }: AdvocateWorld) {
  return ({ causeRef: { kind, ref } }: RewardRecord): ReversalReason => {
    const isOfFriends = kind === "milestone" || kind === "second_level";
    return isOfFriends && !reversedReferrals.has(ref) ? "too_few_friends" : "refunded";
  };
}
