import { assetScale, type Money } from "@/lib/core/money";
import type { Days } from "./days";

/**
 * What a value is: a share (0.2 = 20 %), an exact amount, a plain ratio, a number of things, or
 * days.
 */
export type Unit = "share" | "money" | "ratio" | "count" | "days";

/** A number, or an exact amount where the unit is money. */
export type Figure = number | Money;

/**
 * Everything that a number must carry in words. The same words stand on the page and in the API.
 */
export type Definition = {
  /** Its name in addresses and in the API. */
  name: string;
  title: string;
  /** The formula in words. */
  formula: string;
  numerator: string;
  denominator: string | null;
  /** What the range of days is laid over. */
  window: string;
  /** What is left out beyond `ALWAYS_EXCLUDED`, and how doubtful cases count. */
  exclusions: string;
  unit: Unit;
  /** How the interval is made. */
  interval: string;
  /** Whether a rise is welcome. */
  better: "higher" | "lower" | null;
};

/** A definition with how much one question about it may ask for, as its report says. */
export type LimitedDefinition = Definition & { limit: string };

export const ALWAYS_EXCLUDED = "Bots, link previews, test mode and rejected referrals never count.";

/** Why a number cannot be known. */
export const REASONS = {
  no_new_customers: "No first orders in this range.",
  no_new_referred_customers: "No new customers from referrals in this range.",
  no_orders: "No orders in this range.",
  no_views: "No program page views were recorded in this range.",
  no_advocates: "No one has joined a program yet.",
  no_shares: "No shares in this range.",
  no_clicks: "No share links were opened in this range.",
  no_active_customers: "No active customers in this range.",
  no_cost: "No reward costs in this range.",
  no_customers: "No orders yet.",
  nobody_gained: "No customers were gained in the months counted here.",
  no_joins: "No friends joined in this range.",
  too_few_customers: "Predictions need at least 50 customers.",
  too_few_repeaters: "Predictions need at least 20 repeat customers.",
  no_variation: "All customers spend the same, so spend can’t be predicted.",
  no_fit: "The prediction model doesn’t fit these customers.",
  not_enough_time: "No one has been a customer for long enough.",
  not_observed: "Nothing was observed yet.",
  nobody_in_arm: "No one is in this arm yet.",
  no_friends: "No friends have joined yet.",
  nobody_confirmed: "No friends have qualified yet.",
} as const;
export type Reason = keyof typeof REASONS;

type FigureInterval = { low: Figure; high: Figure; level: number; method: string };

/** One number with what it was made of. */
export type Reading = {
  /** Null when unknown; never 0 for that. */
  value: Figure | null;
  unknown: Reason | null;
  unit: Unit;
  numerator: Figure | null;
  denominator: Figure | null;
  /** How many people or things it rests on. */
  n: number;
  interval: FigureInterval | null;
  /** What the value rests on that nobody has said, in words; left out where that is nothing. */
  assumes?: string;
  /** Standard error in the value's unit (minor units for money), where one can be told. */
  standardError: number | null;
};

/** A number that belongs beside the main one: referred against others, a step of the formula. */
export type Beside = Reading & { key: string; title: string };

export type Metric = Reading & {
  name: string;
  days: Days;
  /** The range is not over yet. */
  filling: boolean;
  /** Counted up to this moment only, to be as far as the running range; null where it is whole. */
  until: Date | null;
  beside: Beside[];
};

export type Change = {
  /**
   * "difference" in the value's own unit (points of a share), "relative" as a share of the earlier
   * value.
   */
  kind: "difference" | "relative";
  value: number;
  interval: { low: number; high: number; level: number; method: string } | null;
};

export type SeriesPoint = Reading & {
  from: string;
  to: string;
  filling: boolean;
  until: Date | null;
};

/** One row behind a number. */
export type BehindRow = {
  key: string;
  kind: "customer" | "order" | "refund" | "referral" | "reward" | "visitor" | "share" | "advocate";
  /** The id of what it is. */
  id: string;
  customerId: string | null;
  customerName: string | null;
  customerEmail: string | null;
  at: Date;
  group: string | null;
  /**
   * What the row adds to the denominator and to the numerator: 1, or minor units where it is money.
   */
  denominator: bigint;
  numerator: bigint;
};

/** A figure as a number, for charts and comparisons: major units for money. */
export function asNumber(figure: Figure): number {
  if (typeof figure === "number") return figure;
  return Number(figure.minor) / 10 ** assetScale(figure.asset);
}
