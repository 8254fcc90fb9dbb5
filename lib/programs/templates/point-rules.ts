import { ALWAYS } from "@/lib/terms/schema";
import type { RuleTemplate } from "./rule-template";

const fixed = (amount: string) => ({ kind: "fixed" as const, amount });

/** Rules that grant points. */
export const POINT_RULES: readonly RuleTemplate[] = [
  {
    id: "own-purchases",
    group: "points",
    title: "Points for own purchases",
    hint: "One point for each unit of currency the advocate spends.",
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
    hint: "For each purchase of a friend in the referral window.",
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
    hint: "When a share brings a real visitor; a few a day at most.",
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
    hint: "A welcome for joining the program.",
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
    hint: "Or for any event your shop sends.",
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
