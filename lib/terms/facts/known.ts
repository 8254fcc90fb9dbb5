import { type Action, causeOfAction } from "./actions";
import {
  type ConditionFacts,
  type Counts,
  factsOf,
  type LineFact,
  NO_COUNTS,
  type PersonFact,
} from "./conditions";
import {
  type Cause,
  type FriendFacts,
  type OrderFact,
  type OrderLineFact,
  purchaseNumber,
} from "./referrals";

/**
 * The people of a referral, and what else conditions may ask for. `null` people are not known, or
 * not asked for.
 */
export type ReferralContext = {
  timeZone: string;
  advocate: PersonFact | null;
  friend: PersonFact | null;
  /** The same as they were when an event was processed, by its id: what is decided by. */
  peopleThen?: ReadonlyMap<string, KnownPeople>;
  /** How the friend came. */
  channel: string | null;
  clickedAt: Date | null;
  /**
   * Qualified referrals of the advocate, this one included if it is one; null where nobody asks.
   */
  qualifiedReferrals: number | null;
  /** When the advocate's referrals qualified: read where a rule asks which of them a cause is. */
  qualifiedAt?: QualifiedTimes;
};

/** When an advocate's referrals qualified; `referralId` is the one that is decided about. */
export type QualifiedTimes = {
  referralId: string;
  times: readonly { referralId: string; at: Date }[];
};

export type KnownPeople = { advocate: PersonFact | null; friend: PersonFact | null };

export type AdvocateContext = {
  timeZone: string;
  /** When the advocate joined the program: what they did before is not rewarded. */
  joinedAt: Date;
  advocate: PersonFact | null;
  /** The same as they were when an event was processed, by its id. */
  advocateThen?: ReadonlyMap<string, PersonFact | null>;
  qualifiedReferrals: number | null;
};

/** What conditions see of a friend's cause: an order as its refunds have left it. */
export function factsOfCause(
  { currency }: { currency: string },
  owner: "advocate" | "friend",
  facts: FriendFacts,
  context: ReferralContext,
  cause: Cause,
): ConditionFacts {
  const { advocate, friend } = context.peopleThen?.get(cause.eventId) ?? context;
  return factsOf({
    currency,
    timeZone: context.timeZone,
    owner,
    isNewCustomer: !facts.hasEarlierOrder,
    ...factsOfOrder(cause.order),
    channel: context.channel,
    at: cause.at,
    clickedAt: context.clickedAt,
    joinedAt: facts.joinedAt,
    advocate,
    friend: inCountry(friend, cause.country),
    counts: {
      confirmed_referrals: context.qualifiedAt
        ? qualifiedBy(context.qualifiedAt, cause.at)
        : context.qualifiedReferrals,
      friend_purchases: purchaseNumber(facts, cause),
      own_purchases: null,
    },
  });
}

/** How many had qualified by a time; of those at that very time, the ones up to this referral. */
export function qualifiedBy({ referralId, times }: QualifiedTimes, at: Date): number {
  return times.filter(
    (other) =>
      other.at < at || (other.at.getTime() === at.getTime() && other.referralId <= referralId),
  ).length;
}

/** What conditions see of an advocate's action. */
export function factsOfAction(
  { currency }: { currency: string },
  action: Action,
  { timeZone, joinedAt, qualifiedReferrals, ...context }: AdvocateContext,
): ConditionFacts {
  const { eventId } = causeOfAction(action);
  const advocate = context.advocateThen?.get(eventId ?? "") ?? context.advocate;
  const order =
    "referral" in action ? action.referral.order : "order" in action ? action.order : null;
  const counts: Counts = { ...NO_COUNTS, confirmed_referrals: qualifiedReferrals };
  return factsOf({
    currency,
    timeZone,
    owner: "advocate",
    at: causeOfAction(action).at,
    ...factsOfOrder(order),
    counts,
    advocate,
    joinedAt,
    ...moreOfAction(action, advocate, counts),
  });
}

function moreOfAction(
  action: Action,
  advocate: PersonFact | null,
  counts: Counts,
): Partial<ConditionFacts> {
  switch (action.kind) {
    case "join":
      return {};
    case "purchase":
      return {
        advocate: inCountry(advocate, action.order.country),
        channel: action.order.channel,
        isNewCustomer: action.number === 1,
        counts: { ...counts, own_purchases: action.number },
      };
    case "event":
      return { advocate: inCountry(advocate, action.country), channel: action.channel };
    case "visit":
      return { channel: action.channel };
    case "second_level":
      return factsOfFriend(action.referral);
    case "qualified":
      return {
        ...factsOfFriend(action.referral),
        counts: { ...counts, confirmed_referrals: action.number },
      };
  }
}

function factsOfFriend({
  friend,
  order,
  channel,
  clickedAt,
  joinedAt,
  isNewCustomer,
}: Extract<Action, { kind: "qualified" }>["referral"]): Partial<ConditionFacts> {
  return {
    friend: inCountry(friend, order?.country ?? null),
    channel,
    clickedAt,
    joinedAt,
    isNewCustomer,
  };
}

/** The lines of an order less what came back. */
function linesLeft(lines: readonly OrderLineFact[]): LineFact[] {
  return lines.flatMap(({ sku, category, remainingMinor, cameBack }) =>
    cameBack ? [] : [{ sku, category, minor: remainingMinor }],
  );
}

function factsOfOrder(
  order: OrderFact | null,
): Pick<ConditionFacts, "orderMinor" | "orderCurrency" | "lines"> {
  return {
    orderMinor: order?.remainingMinor ?? null,
    orderCurrency: order?.currency ?? null,
    lines: order?.lines ? linesLeft(order.lines) : null,
  };
}

function inCountry(person: PersonFact | null, country: string | null): PersonFact | null {
  if (country === null) return person;
  return { traits: person?.traits ?? {}, tier: person?.tier ?? null, country };
}
