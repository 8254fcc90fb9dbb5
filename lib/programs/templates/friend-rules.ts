import { ALWAYS } from "@/lib/terms/schema";
import type { RuleTemplate } from "./rule-template";

const fixed = (amount: string) => ({ kind: "fixed" as const, amount });

/** Rules that reward friends. */
export const FRIEND_RULES: readonly RuleTemplate[] = [
  {
    id: "welcome",
    group: "friend",
    title: "Double-sided discount",
    hint: "The friend’s half: a coupon when they accept the invitation.",
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
];
