import { ALWAYS } from "@/lib/terms/schema";
import type { RuleTemplate } from "./rule-template";

const fixed = (amount: string) => ({ kind: "fixed" as const, amount });

/** Rules that reward advocates for what friends do. */
export const ADVOCATE_RULES: readonly RuleTemplate[] = [
  {
    id: "confirmed",
    group: "advocate",
    title: "Reward for a referral",
    hint: "Store credit once a referral qualifies.",
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
    hint: "In steps, by the friend’s order total.",
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
    hint: "A gift for every 5th friend who qualifies.",
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
    hint: "When a friend of their friend qualifies. Two levels at most.",
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
    hint: "A percentage of the friend’s first purchases.",
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
    hint: "Once the friend has stayed a while.",
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
    hint: "You donate to a good cause in their name.",
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
];
