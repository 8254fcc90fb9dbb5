import { z } from "zod";

/** What is known of a person that conditions may ask for: only the traits that the terms name. */
export type PersonFact = {
  traits: Readonly<Record<string, unknown>>;
  country: string | null;
  tier: string | null;
};

/** A line of the order. What came back whole is not among them. `minor` is what is left of it. */
export type LineFact = { sku: string; category: string | null; minor: bigint };

/** What can have happened before, this time included. */
export const COUNT_KINDS = ["confirmed_referrals", "friend_purchases", "own_purchases"] as const;
export type CountKind = (typeof COUNT_KINDS)[number];
export type Counts = Readonly<Record<CountKind, number | null>>;

/**
 * What conditions and calculators may look at. Amounts in minor units of the program's currency.
 * Null is "not known", or "there is none": a condition that asks for it does not hold.
 */
export type ConditionFacts = {
  currency: string;
  /** What is left of the order after refunds; null where no order is involved. */
  orderMinor: bigint | null;
  orderCurrency: string | null;
  /** Null where there is no order, or where the terms never ask for its lines. */
  lines: readonly LineFact[] | null;
  /**
   * The friend had no order before being referred; for a customer's own action: none before this
   * one.
   */
  isNewCustomer: boolean;
  /** How the friend came; for a customer's own action, the channel of the event. */
  channel: string | null;
  /**
   * When it happened, and when the friend clicked and joined (for a customer's own action: when
   * they joined).
   */
  at: Date | null;
  clickedAt: Date | null;
  joinedAt: Date | null;
  /** The merchant's time zone. */
  timeZone: string;
  /** Who gets the reward. */
  owner: "advocate" | "friend";
  advocate: PersonFact | null;
  friend: PersonFact | null;
  counts: Counts;
};

export const NO_COUNTS: Counts = {
  confirmed_referrals: null,
  friend_purchases: null,
  own_purchases: null,
};

/** Facts of which only some are known. */
export function factsOf(known: Partial<ConditionFacts> & { currency: string }): ConditionFacts {
  return {
    orderMinor: null,
    orderCurrency: null,
    lines: null,
    isNewCustomer: false,
    channel: null,
    at: null,
    clickedAt: null,
    joinedAt: null,
    timeZone: "UTC",
    owner: "advocate",
    advocate: null,
    friend: null,
    counts: NO_COUNTS,
    ...known,
  };
}

const person = z
  .object({
    traits: z.record(z.string(), z.unknown()),
    country: z.string().nullable(),
    tier: z.string().nullable(),
  })
  .nullish()
  .transform((value) => value ?? null);
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
const time = z.iso
  .datetime()
  .nullish()
  .transform((value) => (value ? new Date(value) : null));
const count = z
  .int()
  .nullish()
  .transform((value) => value ?? null);
const minor = z.string().transform(BigInt);

const frozenSchema = z.object({
  currency: z.string(),
  orderMinor: minor.nullish().transform((value) => value ?? null),
  orderCurrency: text,
  lines: z
    .array(z.object({ sku: z.string(), category: z.string().nullable(), minor }))
    .nullish()
    .transform((value) => value ?? null),
  isNewCustomer: z.boolean(),
  channel: text,
  at: time,
  clickedAt: time,
  joinedAt: time,
  timeZone: z.string().default("UTC"),
  owner: z.enum(["advocate", "friend"]).default("advocate"),
  advocate: person,
  friend: person,
  counts: z
    .object({ confirmed_referrals: count, friend_purchases: count, own_purchases: count })
    .default(NO_COUNTS),
});

/**
 * Facts as they are kept with a grant: plain JSON, amounts as decimal digits, times as ISO 8601.
 */
export type FrozenFacts = z.input<typeof frozenSchema>;

export function freezeFacts(facts: ConditionFacts): FrozenFacts {
  return {
    ...facts,
    orderMinor: facts.orderMinor?.toString() ?? null,
    lines: facts.lines?.map((line) => ({ ...line, minor: line.minor.toString() })) ?? null,
    at: facts.at?.toISOString() ?? null,
    clickedAt: facts.clickedAt?.toISOString() ?? null,
    joinedAt: facts.joinedAt?.toISOString() ?? null,
    advocate: facts.advocate && { ...facts.advocate, traits: { ...facts.advocate.traits } },
    friend: facts.friend && { ...facts.friend, traits: { ...facts.friend.traits } },
    counts: { ...facts.counts },
  };
}

/**
 * The facts that a grant rested on. What was frozen before a fact was known of reads as not known.
 */
export function thawFacts(frozen: unknown): ConditionFacts {
  return frozenSchema.parse(frozen);
}
