import { z } from "zod";
import { eventType } from "./amounts";

const nth = z.int().min(1).max(1_000);

/** What can confirm a referral: something that its friend does. */
const confirming = [
  /** The friend joined: claimed the invitation, or signed up through it. */
  z.strictObject({ kind: z.literal("join") }),
  /** The friend's first purchase that meets the conditions. */
  z.strictObject({ kind: z.literal("first_purchase") }),
  /** An event of this type from the friend. */
  z.strictObject({ kind: z.literal("goal"), type: eventType }),
  /** The nth of the friend's purchases that meet the conditions, within the window. */
  z.strictObject({ kind: z.literal("nth_purchase"), n: nth }),
  /** The nth time that the friend's subscription was renewed (events of type `renewal`). */
  z.strictObject({ kind: z.literal("renewal"), n: nth }),
] as const;

/** What confirms a referral. */
export const triggerSchema = z.discriminatedUnion("kind", confirming);
export type Trigger = z.infer<typeof triggerSchema>;

/** What a rule waits for. */
export const ruleTriggerSchema = z.discriminatedUnion("kind", [
  ...confirming,
  /** The referral is confirmed, whatever confirms it. */
  z.strictObject({ kind: z.literal("qualified") }),
  /**
   * Each of the friend's purchases in the window, from one to another by number; `to` null for all
   * that follow.
   */
  z.strictObject({ kind: z.literal("each_purchase"), from: nth, to: nth.nullable() }),
  /** The advocate's nth confirmed referral; with `repeats`, each further n as well. */
  z.strictObject({ kind: z.literal("milestone"), count: nth, repeats: z.boolean() }),
  /** A friend of the advocate's friend is confirmed: two levels, never more. */
  z.strictObject({ kind: z.literal("second_level") }),
  /**
   * What the advocate does themselves: joins the program, buys, does something else, or brings a
   * visitor by a share.
   */
  z.strictObject({ kind: z.literal("own_join") }),
  z.strictObject({ kind: z.literal("own_purchase") }),
  z.strictObject({ kind: z.literal("own_event"), type: eventType }),
  z.strictObject({ kind: z.literal("share_visit") }),
]);
export type RuleTrigger = z.infer<typeof ruleTriggerSchema>;
export type RuleTriggerKind = RuleTrigger["kind"];

/** Triggers about the advocate's own actions or results, which reward the advocate only. */
export const ADVOCATE_TRIGGERS: readonly RuleTriggerKind[] = [
  "milestone",
  "second_level",
  "own_join",
  "own_purchase",
  "own_event",
  "share_visit",
];

/** Triggers that come with an order. */
export const ORDER_TRIGGERS: readonly RuleTriggerKind[] = [
  "first_purchase",
  "nth_purchase",
  "each_purchase",
  "own_purchase",
  "qualified",
];
