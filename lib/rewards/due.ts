import { isOwnDoing } from "@/lib/terms/rules/applying";
import type { Condition, Rule, Terms } from "@/lib/terms/schema";
import {
  type Cause,
  causeOf,
  nextStep,
  type OrderFact,
  type OrderLineFact,
  purchaseNumber,
  purchasesOf,
  type ReferralFacts,
  type Step,
} from "@/lib/referrals/rules";
import {
  type ConditionFacts,
  type Counts,
  factsOf,
  type LineFact,
  NO_COUNTS,
  type PersonFact,
} from "@/lib/terms/facts/conditions";
import { evaluate } from "@/lib/terms/rules/evaluate";

/**
 * What facts call for, in the pure: which rule is due for which cause, on which facts. Whether it
 * is granted is decided by `decideRule` (its conditions and worth) and `decideWithin` (caps and
 * budget). The pipeline and the replay of changed terms use the same functions.
 */

/** A rule whose cause has come. With the rule and the person, `causeKey` is rewarded once. */
export type Due = {
  rule: Rule;
  causeKey: string;
  cause: { eventId: string | null; order: OrderFact | null; at: Date };
  /** As things stand now: an order less its refunds. */
  facts: ConditionFacts;
};

/**
 * The people around a cause, and what else conditions may ask for. `null` people are not known, or
 * not asked for.
 */
export type Around = {
  timeZone: string;
  advocate: PersonFact | null;
  friend: PersonFact | null;
  /** How the friend came. */
  channel: string | null;
  clickedAt: Date | null;
  /**
   * Confirmed referrals of the advocate, this one included if it is one; null where nobody asks.
   */
  confirmedReferrals: number | null;
};

export type ReferralDue = {
  /** Of the advocate's arm only: see `termsForArm`. */
  terms: Terms;
  referralId: string;
  facts: ReferralFacts;
  around: Around;
  /** What confirmed the referral, where it is confirmed and stands. */
  qualifiedBy: Cause | null;
  /** Whether this rule was rewarded for this cause before. */
  isKnown: (ruleId: string, causeKey: string) => boolean;
};

/**
 * Every rule about the friend's doings whose cause has come: once per referral, or once per
 * purchase.
 */
export function dueOfReferral({
  terms,
  referralId,
  facts,
  around,
  qualifiedBy,
  isKnown,
}: ReferralDue): Due[] {
  return terms.rules
    .filter((rule) => !isOwnDoing(rule))
    .flatMap((rule) =>
      causesOf(rule, { terms, facts, around, qualifiedBy }).flatMap((cause): Due[] => {
        const causeKey =
          rule.on.kind === "each_purchase"
            ? `order:${cause.order!.orderId}`
            : `referral:${referralId}`;
        if (isKnown(rule.id, causeKey) || cause.order?.remainingMinor === 0n) return [];
        return [
          {
            rule,
            causeKey,
            cause,
            facts: referralConditionFacts(terms, rule.side, facts, around, cause),
          },
        ];
      }),
    );
}

function causesOf(
  { on, conditions, side }: Rule,
  {
    terms,
    facts,
    around,
    qualifiedBy,
  }: Pick<ReferralDue, "terms" | "facts" | "around" | "qualifiedBy">,
): Cause[] {
  if (on.kind === "qualified") return qualifiedBy ? [qualifiedBy] : [];
  const meets = (cause: Cause) =>
    holds(
      conditions,
      asBought(referralConditionFacts(terms, side, facts, around, cause), cause.order),
    );
  if (on.kind === "each_purchase")
    return purchasesOf(facts, meets).slice(on.from - 1, on.to ?? undefined);
  if (
    on.kind === "join" ||
    on.kind === "first_purchase" ||
    on.kind === "goal" ||
    on.kind === "nth_purchase" ||
    on.kind === "renewal"
  ) {
    const cause = causeOf(on, facts, meets);
    return cause ? [cause] : [];
  }
  return [];
}

/**
 * Whether a cause meets the conditions under which a referral is confirmed: as it was bought, or as
 * its refunds left it.
 */
export function meetsQualification(
  terms: Terms,
  facts: ReferralFacts,
  around: Around,
  cause: Cause,
  how: "as_bought" | "as_left",
): boolean {
  const known = referralConditionFacts(terms, "advocate", facts, around, cause);
  return holds(
    terms.qualification.conditions,
    how === "as_bought" ? asBought(known, cause.order) : known,
  );
}

/** How far the facts carry a referral. */
export type Course = {
  step: Step | null;
  /** What confirms it now; null where nothing does, or something did before. */
  confirms: Cause | null;
  /** What confirmed it, now or before, as long as refunds have not undone it. */
  qualifiedBy: Cause | null;
  /** As its rewards are to see it: counting this referral, once it is confirmed. */
  around: Around;
};

/**
 * How far the facts on record carry a referral that has joined. One that is confirmed by an order
 * which a refund had undone before it counted `confirms`, but has no `qualifiedBy`.
 * @param earlier what confirmed it before, as the facts have it now
 * @param now the merchant's time
 */
export function courseOf({
  terms,
  facts,
  around,
  earlier,
  now,
}: {
  terms: Terms;
  facts: ReferralFacts;
  around: Around;
  earlier: Cause | null;
  now: Date;
}): Course {
  const wasConfirmed = facts.state === "qualified" || facts.state === "rewarded";
  const counted =
    around.confirmedReferrals === null || wasConfirmed
      ? around
      : { ...around, confirmedReferrals: around.confirmedReferrals + 1 };
  const step = nextStep(facts, terms, now, (cause) =>
    meetsQualification(terms, facts, counted, cause, "as_bought"),
  );
  const confirms = step?.to === "qualified" ? step.cause : null;
  const cause = confirms ?? earlier;
  const stands =
    cause !== null &&
    (cause.order === null ||
      (cause.order.remainingMinor > 0n &&
        meetsQualification(terms, facts, counted, cause, "as_left")));
  return {
    step,
    confirms,
    qualifiedBy: stands ? cause : null,
    around: wasConfirmed || confirms ? counted : around,
  };
}

function referralConditionFacts(
  terms: Pick<Terms, "currency">,
  owner: "advocate" | "friend",
  facts: ReferralFacts,
  around: Around,
  cause: Cause,
): ConditionFacts {
  return factsOf({
    currency: terms.currency,
    timeZone: around.timeZone,
    owner,
    isNewCustomer: !facts.hasEarlierOrder,
    ...orderFacts(cause.order),
    channel: around.channel,
    at: cause.at,
    clickedAt: around.clickedAt,
    joinedAt: facts.joinedAt,
    advocate: around.advocate,
    friend: inCountry(around.friend, cause.country),
    counts: {
      confirmed_referrals: around.confirmedReferrals,
      friend_purchases: purchaseNumber(facts, cause),
      own_purchases: null,
    },
  });
}

/** Something that an advocate did, or that their friends' doings made of them. */
export type Doing =
  | { kind: "join"; at: Date }
  | {
      kind: "purchase";
      order: OrderFact;
      /** The how-manieth of this customer's purchases it is, by when they were made. */
      number: number;
    }
  | {
      kind: "event";
      type: string;
      eventId: string;
      at: Date;
      country: string | null;
      channel: string | null;
    }
  /** Somebody came by the advocate's link. */
  | { kind: "visit"; visitorId: string; eventId: string; at: Date; channel: string | null }
  /** The `number`-th of their referrals to be confirmed. */
  | { kind: "confirmed"; number: number; referral: Friend }
  /** A friend of their friend is confirmed. */
  | { kind: "second_level"; referral: Friend };

/** A confirmed referral, as a milestone or the second level looks at it. */
export type Friend = {
  referralId: string;
  eventId: string;
  order: OrderFact | null;
  at: Date;
  friend: PersonFact | null;
  channel: string | null;
  clickedAt: Date | null;
  joinedAt: Date;
  isNewCustomer: boolean;
};

export type AdvocateAround = {
  timeZone: string;
  /** When the advocate joined the program: what they did before is not rewarded. */
  joinedAt: Date;
  advocate: PersonFact | null;
  confirmedReferrals: number | null;
};

/**
 * Every rule that a doing of an advocate calls for, under the terms of their arm that were in force
 * then.
 */
export function dueOfDoing(terms: Terms, doing: Doing, around: AdvocateAround): Due[] {
  return terms.rules.flatMap((rule): Due[] => {
    const causeKey = causeKeyOf(rule, doing);
    if (causeKey === null) return [];
    const facts = doingFacts(terms, doing, around);
    const cause = causeOfDoing(doing);
    return cause.at < around.joinedAt || cause.order?.remainingMinor === 0n
      ? []
      : [{ rule, causeKey, cause, facts }];
  });
}

/** What a doing is rewarded for under a rule; null where the rule waits for something else. */
function causeKeyOf({ on }: Pick<Rule, "on">, doing: Doing): string | null {
  switch (doing.kind) {
    case "join":
      return on.kind === "own_join" ? "join" : null;
    case "purchase":
      return on.kind === "own_purchase" && doing.order.totalMinor > 0n
        ? `order:${doing.order.orderId}`
        : null;
    case "event":
      return on.kind === "own_event" && on.type === doing.type ? `event:${doing.eventId}` : null;
    case "visit":
      return on.kind === "share_visit" ? `visit:${doing.visitorId}` : null;
    case "second_level":
      return on.kind === "second_level" ? `second:${doing.referral.referralId}` : null;
    case "confirmed": {
      if (on.kind !== "milestone") return null;
      const isReached = on.repeats ? doing.number % on.count === 0 : doing.number === on.count;
      return isReached ? milestoneKey(doing.number) : null;
    }
  }
}

function milestoneKey(count: number): string {
  return `milestone:${count}`;
}

/**
 * How many confirmed referrals a milestone's reward stands on; null for a reward of another cause.
 */
export function milestoneOf(causeKey: string): number | null {
  const match = /^milestone:(\d+)$/.exec(causeKey);
  return match ? Number(match[1]) : null;
}

function causeOfDoing(doing: Doing): Due["cause"] {
  switch (doing.kind) {
    case "join":
      return { eventId: null, order: null, at: doing.at };
    case "purchase":
      return { eventId: doing.order.eventId, order: doing.order, at: doing.order.occurredAt };
    case "event":
    case "visit":
      return { eventId: doing.eventId, order: null, at: doing.at };
    case "second_level": {
      const { eventId, order, at } = doing.referral;
      return { eventId, order, at };
    }
    // A milestone rests on how many there are, not on the order of the friend who made it full.
    case "confirmed":
      return { eventId: doing.referral.eventId, order: null, at: doing.referral.at };
  }
}

function doingFacts(
  terms: Pick<Terms, "currency">,
  doing: Doing,
  around: AdvocateAround,
): ConditionFacts {
  const { at } = causeOfDoing(doing);
  const order = "referral" in doing ? doing.referral.order : "order" in doing ? doing.order : null;
  const counts: Counts = { ...NO_COUNTS, confirmed_referrals: around.confirmedReferrals };
  const known = {
    currency: terms.currency,
    timeZone: around.timeZone,
    owner: "advocate",
    at,
    ...orderFacts(order),
    counts,
    advocate: around.advocate,
    joinedAt: around.joinedAt,
  } as const;
  switch (doing.kind) {
    case "join":
      return factsOf(known);
    case "purchase":
      return factsOf({
        ...known,
        advocate: inCountry(around.advocate, doing.order.country),
        channel: doing.order.channel,
        isNewCustomer: doing.number === 1,
        counts: { ...counts, own_purchases: doing.number },
      });
    case "event":
      return factsOf({
        ...known,
        advocate: inCountry(around.advocate, doing.country),
        channel: doing.channel,
      });
    case "visit":
      return factsOf({ ...known, channel: doing.channel });
    case "second_level":
    case "confirmed": {
      const { friend, channel, clickedAt, joinedAt, isNewCustomer } = doing.referral;
      return factsOf({
        ...known,
        friend: inCountry(friend, order?.country ?? null),
        channel,
        clickedAt,
        joinedAt,
        isNewCustomer,
        counts:
          doing.kind === "confirmed" ? { ...counts, confirmed_referrals: doing.number } : counts,
      });
    }
  }
}

/** What conditions see of an order: as its refunds have left it. */
function orderFacts(
  order: OrderFact | null,
): Pick<ConditionFacts, "orderMinor" | "orderCurrency" | "lines"> {
  return {
    orderMinor: order?.remainingMinor ?? null,
    orderCurrency: order?.currency ?? null,
    lines: order?.lines ? linesLeft(order.lines) : null,
  };
}

/** The lines of an order less what came back. */
export function linesLeft(lines: readonly OrderLineFact[]): LineFact[] {
  return lines.flatMap(({ sku, category, remainingMinor, cameBack }) =>
    cameBack ? [] : [{ sku, category, minor: remainingMinor }],
  );
}

function asBought(facts: ConditionFacts, order: OrderFact | null): ConditionFacts {
  if (!order) return facts;
  return {
    ...facts,
    orderMinor: order.totalMinor,
    lines:
      order.lines?.map(({ sku, category, totalMinor }) => ({ sku, category, minor: totalMinor })) ??
      null,
  };
}

function inCountry(person: PersonFact | null, country: string | null): PersonFact | null {
  if (country === null) return person;
  return { traits: person?.traits ?? {}, tier: person?.tier ?? null, country };
}

function holds(condition: Condition, facts: ConditionFacts): boolean {
  return evaluate(condition, facts).holds;
}
