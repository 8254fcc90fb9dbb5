import { ALWAYS, type Rule } from "@/lib/terms/schema";

/** A rule to begin with. */
export type RuleTemplate = {
  id: string;
  /** Where the list of rules shows it. */
  group: RuleGroup;
  title: string;
  hint: string;
  rule: (shop: { returnWindowDays: number }) => Omit<Rule, "id">;
};

export const RULE_GROUPS = ["advocate", "friend", "points"] as const;
export type RuleGroup = (typeof RULE_GROUPS)[number];

export const GROUP_TITLES: Record<RuleGroup, string> = {
  advocate: "For the one who shares",
  friend: "For the friend",
  points: "Points",
};

/** For whom a rule is in the list of rules: points stand together, whoever gets them. */
export function groupOf(rule: Pick<Rule, "side" | "benefit">): RuleGroup {
  return rule.benefit.kind === "points" ? "points" : rule.side;
}

const fixed = (amount: string) => ({ kind: "fixed" as const, amount });

/** The templates, by group; each is whole and can be saved as it is. */
export const RULE_TEMPLATES: readonly RuleTemplate[] = [
  {
    id: "confirmed",
    group: "advocate",
    title: "Reward for a referral",
    hint: "Store credit once a referral is confirmed.",
    rule: ({ returnWindowDays }) => ({
      side: "advocate",
      on: { kind: "qualified" },
      conditions: ALWAYS,
      benefit: { kind: "credit" },
      calculator: fixed("10"),
      holdDays: returnWindowDays,
    }),
  },
  {
    id: "bigger-orders",
    group: "advocate",
    title: "Bigger reward for big orders",
    hint: "In steps by what the friend’s order comes to.",
    rule: ({ returnWindowDays }) => ({
      name: "Bigger reward for big orders",
      side: "advocate",
      on: { kind: "first_purchase" },
      conditions: ALWAYS,
      benefit: { kind: "credit" },
      calculator: {
        kind: "tiered_by_amount",
        steps: [
          { from: "0", amount: "5" },
          { from: "50", amount: "10" },
          { from: "100", amount: "20" },
        ],
      },
      holdDays: returnWindowDays,
    }),
  },
  {
    id: "milestone",
    group: "advocate",
    title: "Milestone: 5 friends",
    hint: "A gift for every fifth confirmed friend.",
    rule: ({ returnWindowDays }) => ({
      name: "Milestone: 5 friends",
      side: "advocate",
      on: { kind: "milestone", count: 5, repeats: true },
      conditions: ALWAYS,
      benefit: { kind: "gift", title: "A small gift", unitCost: "10" },
      calculator: { kind: "none" },
      holdDays: returnWindowDays,
    }),
  },
  {
    id: "second-level",
    group: "advocate",
    title: "Referral of a referral",
    hint: "When a friend of their friend is confirmed. Two levels, never more.",
    rule: ({ returnWindowDays }) => ({
      name: "Referral of a referral",
      side: "advocate",
      on: { kind: "second_level" },
      conditions: ALWAYS,
      benefit: { kind: "credit" },
      calculator: fixed("3"),
      holdDays: returnWindowDays,
      caps: [{ who: "person", per: "month", rewards: 20 }],
    }),
  },
  {
    id: "share-of-purchases",
    group: "advocate",
    title: "Share of each purchase",
    hint: "A percentage of what the friend buys, for the first purchases.",
    rule: ({ returnWindowDays }) => ({
      name: "Share of each purchase",
      side: "advocate",
      on: { kind: "each_purchase", from: 1, to: 3 },
      conditions: ALWAYS,
      benefit: { kind: "cash" },
      calculator: { kind: "share_of_order", shareBp: 1_000, atMost: "20" },
      holdDays: returnWindowDays,
    }),
  },
  {
    id: "second-renewal",
    group: "advocate",
    title: "Subscription: reward at the 2nd renewal",
    hint: "Once the friend has stayed for a while.",
    rule: () => ({
      name: "Reward at the 2nd renewal",
      side: "advocate",
      on: { kind: "renewal", n: 2 },
      conditions: ALWAYS,
      benefit: { kind: "credit" },
      calculator: fixed("15"),
      holdDays: 0,
    }),
  },
  {
    id: "donation",
    group: "advocate",
    title: "Donation",
    hint: "You give to a good cause in their name.",
    rule: ({ returnWindowDays }) => ({
      name: "Donation",
      side: "advocate",
      on: { kind: "qualified" },
      conditions: ALWAYS,
      benefit: { kind: "donation", to: "the reading fund" },
      calculator: fixed("5"),
      holdDays: returnWindowDays,
    }),
  },
  {
    id: "welcome",
    group: "friend",
    title: "Double-sided discount",
    hint: "The friend’s half: a coupon on accepting the invitation.",
    rule: () => ({
      name: "Welcome discount",
      side: "friend",
      on: { kind: "join" },
      conditions: ALWAYS,
      benefit: { kind: "percent_off", percentBp: 1_000, unitCost: "5" },
      calculator: { kind: "none" },
      holdDays: 0,
      expiry: { unissuedDays: null, issuedDays: 60, remindDays: 7 },
    }),
  },
  {
    id: "free-shipping",
    group: "friend",
    title: "Free shipping",
    hint: "For the friend’s first order.",
    rule: () => ({
      name: "Free shipping",
      side: "friend",
      on: { kind: "join" },
      conditions: ALWAYS,
      benefit: { kind: "free_shipping", unitCost: "4" },
      calculator: { kind: "none" },
      holdDays: 0,
    }),
  },
  {
    id: "come-again",
    group: "friend",
    title: "Come again",
    hint: "Store credit after the first purchase, to bring them back.",
    rule: ({ returnWindowDays }) => ({
      name: "Come again",
      side: "friend",
      on: { kind: "first_purchase" },
      conditions: { all: [{ kind: "order_total", atLeast: "30" }] },
      benefit: { kind: "credit" },
      calculator: fixed("5"),
      holdDays: returnWindowDays,
      expiry: { unissuedDays: null, issuedDays: 90, remindDays: 14 },
    }),
  },
  {
    id: "own-purchases",
    group: "points",
    title: "Points for own purchases",
    hint: "One point for each unit of money that the advocate spends.",
    rule: ({ returnWindowDays }) => ({
      name: "Points for own purchases",
      side: "advocate",
      on: { kind: "own_purchase" },
      conditions: ALWAYS,
      benefit: { kind: "points" },
      calculator: { kind: "per_unit", amount: "1", per: "1", atMost: null },
      holdDays: returnWindowDays,
    }),
  },
  {
    id: "friends-purchases",
    group: "points",
    title: "Points for friends’ purchases",
    hint: "For each purchase of a friend in the window.",
    rule: ({ returnWindowDays }) => ({
      name: "Points for friends’ purchases",
      side: "advocate",
      on: { kind: "each_purchase", from: 1, to: null },
      conditions: ALWAYS,
      benefit: { kind: "points" },
      calculator: { kind: "per_unit", amount: "2", per: "1", atMost: "500" },
      holdDays: returnWindowDays,
    }),
  },
  {
    id: "shares",
    group: "points",
    title: "Points for shares",
    hint: "When a share brings a real visitor; limited to a few a day.",
    rule: () => ({
      name: "Points for shares",
      side: "advocate",
      on: { kind: "share_visit" },
      conditions: ALWAYS,
      benefit: { kind: "points" },
      calculator: fixed("5"),
      holdDays: 0,
      caps: [{ who: "person", per: "day", rewards: 3 }],
    }),
  },
  {
    id: "joining",
    group: "points",
    title: "Points for joining",
    hint: "A welcome for whoever joins the program to share.",
    rule: () => ({
      name: "Points for joining",
      side: "advocate",
      on: { kind: "own_join" },
      conditions: ALWAYS,
      benefit: { kind: "points" },
      calculator: fixed("50"),
      holdDays: 0,
    }),
  },
  {
    id: "reviews",
    group: "points",
    title: "Points for a review",
    hint: "Or for any event that your shop sends.",
    rule: () => ({
      name: "Points for a review",
      side: "advocate",
      on: { kind: "own_event", type: "review" },
      conditions: ALWAYS,
      benefit: { kind: "points" },
      calculator: fixed("20"),
      holdDays: 0,
      caps: [{ who: "person", per: "month", rewards: 5 }],
    }),
  },
];
