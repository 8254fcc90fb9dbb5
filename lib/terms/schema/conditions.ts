import { z } from "zod";
import { decimalText } from "./amounts";

/**
 * Whose trait, country or tier is asked for: the one who gets the reward, the one who shares, or
 * the friend.
 */
export const PEOPLE = ["owner", "advocate", "friend"] as const;
export type Person = (typeof PEOPLE)[number];

const names = (what: string) =>
  z.array(z.string().trim().min(1).max(200)).min(1, `Name at least one ${what}.`).max(200);
const who = z.enum(PEOPLE);
const wholeDays = z.int().min(0).max(3_660);
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Write a time like 09:30.");
/** Bounds of a number: at least one of the two. */
const bounds = { atLeast: wholeDays.optional(), atMost: wholeDays.optional() };
const bounded = (range: { atLeast?: number | undefined; atMost?: number | undefined }) =>
  range.atLeast !== undefined || range.atMost !== undefined;
const ordered = (range: { atLeast?: number | undefined; atMost?: number | undefined }) =>
  range.atLeast === undefined || range.atMost === undefined || range.atLeast <= range.atMost;
const BOUNDED = { error: "Say at least or at most.", path: ["atLeast"] };
const ORDERED = { error: "The least is above the most.", path: ["atMost"] };

/**
 * One thing that a fact can be asked for. What each means when it is not known: it does not hold.
 */
const leafSchemas = [
  /** The order, less its refunds. */
  z.strictObject({ kind: z.literal("order_total"), atLeast: decimalText }),
  /** The friend had no order before being referred. */
  z.strictObject({ kind: z.literal("new_customer") }),
  /** The order, less what came back whole, has one of these articles. */
  z.strictObject({ kind: z.literal("product"), skus: names("article") }),
  z.strictObject({ kind: z.literal("category"), categories: names("category") }),
  z.strictObject({
    kind: z.literal("currency"),
    currencies: z
      .array(z.string().regex(/^[A-Z]{3}$/))
      .min(1)
      .max(50),
  }),
  /** ISO 3166 codes; the event's country, else the trait `country` of the person. */
  z.strictObject({
    kind: z.literal("country"),
    of: who,
    countries: z
      .array(z.string().regex(/^[A-Z]{2}$/, "Use codes like DE."))
      .min(1)
      .max(250),
  }),
  /**
   * The channel through which the friend came; for what a customer does themselves, the event's
   * own.
   */
  z.strictObject({ kind: z.literal("channel"), channels: names("channel") }),
  /**
   * A trait of the person, compared as text without regard to case; a list holds when one of its
   * items does.
   */
  z.strictObject({
    kind: z.literal("trait"),
    of: who,
    trait: z.string().trim().min(1).max(100),
    is: names("value"),
  }),
  /** The person's trait `segments` (or `segment`) names it. */
  z.strictObject({ kind: z.literal("segment"), of: who, segments: names("segment") }),
  /** Whole days from the click, or from the joining, to the fact. */
  z
    .strictObject({ kind: z.literal("days_since"), what: z.enum(["click", "joining"]), ...bounds })
    .refine(bounded, BOUNDED)
    .refine(ordered, ORDERED),
  /** The person's tier, by id, when the fact was worked off. */
  z.strictObject({ kind: z.literal("tier"), of: who, tiers: names("tier") }),
  /** In the merchant's time zone; days from 1 (Monday) to 7; the hours may run over midnight. */
  z
    .strictObject({
      kind: z.literal("time"),
      days: z.array(z.int().min(1).max(7)).min(1).max(7),
      from: clock.optional(),
      to: clock.optional(),
    })
    .refine((time) => (time.from === undefined) === (time.to === undefined), {
      error: "Say from when to when.",
      path: ["to"],
    }),
  /** How often it happened so far, this time included. */
  z
    .strictObject({
      kind: z.literal("count"),
      of: z.enum(["confirmed_referrals", "friend_purchases", "own_purchases"]),
      ...bounds,
    })
    .refine(bounded, BOUNDED)
    .refine(ordered, ORDERED),
] as const;

export const leafSchema = z.union(leafSchemas);
export type Leaf = z.infer<typeof leafSchema>;
export type LeafKind = Leaf["kind"];

/** What a fact must be for a rule to hold. Trees of all, any and none over the leaves. */
export type Condition = { all: Condition[] } | { any: Condition[] } | { none: Condition[] } | Leaf;

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(conditionSchema).max(20) }),
    z.strictObject({ any: z.array(conditionSchema).min(1).max(20) }),
    z.strictObject({ none: z.array(conditionSchema).max(20) }),
    ...leafSchemas,
  ]),
);

/** No condition at all. */
export const ALWAYS: Condition = { all: [] };
