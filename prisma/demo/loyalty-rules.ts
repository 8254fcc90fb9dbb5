import { ALWAYS, type Rule, type Terms } from "@/lib/terms/schema";

/**
 * What the tea shop gives beside credit and coupons: points, a milestone, a bonus for a friend's
 * friend.
 */
export const DEMO_LOYALTY_RULES: Rule[] = [
  {
    id: "own-purchases",
    name: "Points for own purchases",
    side: "advocate",
    on: { kind: "own_purchase" },
    conditions: ALWAYS,
    benefit: { kind: "points" },
    calculator: { kind: "per_unit", amount: "1", per: "1.00", atMost: null },
    holdDays: 14,
    expiry: { unissuedDays: null, issuedDays: 365, remindDays: 21 },
  },
  {
    id: "visits",
    name: "Points for visitors",
    side: "advocate",
    on: { kind: "share_visit" },
    conditions: ALWAYS,
    benefit: { kind: "points" },
    calculator: { kind: "fixed", amount: "5" },
    holdDays: 0,
    caps: [{ who: "person", per: "week", rewards: 5 }],
    expiry: { unissuedDays: null, issuedDays: 180, remindDays: 21 },
  },
  {
    id: "five-friends",
    name: "Every fifth friend",
    side: "advocate",
    on: { kind: "milestone", count: 5, repeats: true },
    conditions: ALWAYS,
    benefit: { kind: "gift", title: "A hand-thrown tea bowl", unitCost: "14.00" },
    calculator: { kind: "none" },
    holdDays: 14,
    expiry: { unissuedDays: 120, issuedDays: null, remindDays: 14 },
  },
  {
    id: "friends-friend",
    name: "A friend's friend",
    side: "advocate",
    on: { kind: "second_level" },
    conditions: ALWAYS,
    benefit: { kind: "points" },
    calculator: { kind: "fixed", amount: "150" },
    holdDays: 14,
  },
];

/**
 * Half of the friends get a share of their order off, the other half an amount: the shop wants to
 * know which works.
 */
export const DEMO_EXPERIMENT: NonNullable<Terms["experiment"]> = {
  id: "percent-or-amount",
  question: "Does 15% off bring more friends than $5 off?",
  arms: [
    { id: "percent", name: "15% off", shareBp: 5_000, segment: null },
    { id: "amount", name: "$5 off", shareBp: 5_000, segment: null },
  ],
};
