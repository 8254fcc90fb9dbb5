import type { z } from "zod";
import type { badgeInputSchema } from "@/lib/loyalty/badges/schema";
import type { BadgeJson } from "@/lib/loyalty/badges/json";
import type { LadderJson } from "@/lib/loyalty/tiers/json";
import type { LoyaltyJson } from "@/lib/loyalty/json";
import type { ladderJsonSchema } from "@/lib/loyalty/tiers/schema";

export const exampleLadderInput: z.input<typeof ladderJsonSchema> = {
  metric: "referrals",
  window: "rolling",
  windowDays: 365,
  graceDays: 30,
  state: "active",
  tiers: [
    {
      name: "Silver",
      threshold: "3",
      benefits: { en: "Free shipping." },
      color: "#64748b",
      icon: "medal",
      pointsMultiplier: "1.1",
    },
    {
      name: "Gold",
      threshold: "10",
      benefits: { en: "Free shipping, and an invitation each spring." },
      color: "#b45309",
      icon: "crown",
      pointsMultiplier: "1.25",
    },
  ],
};

export const exampleLadder: LadderJson = {
  metric: "referrals",
  window: "rolling",
  windowDays: 365,
  graceDays: 30,
  state: "active",
  recounting: true,
  tiers: [
    {
      id: "tir_06a1d1mz3q0000t6y8b4c2n9w5xh",
      rank: 1,
      name: "Silver",
      threshold: "3",
      benefits: { en: "Free shipping.", sq: "", zh: "" },
      color: "#64748b",
      icon: "medal",
      pointsMultiplier: "1.1",
      customers: 412,
    },
    {
      id: "tir_06a1d1mz3q0001k2m4n6p8r0s1tv",
      rank: 2,
      name: "Gold",
      threshold: "10",
      benefits: { en: "Free shipping, and an invitation each spring.", sq: "", zh: "" },
      color: "#b45309",
      icon: "crown",
      pointsMultiplier: "1.25",
      customers: 57,
    },
  ],
};

export const exampleBadgeInput: z.input<typeof badgeInputSchema> = {
  name: { en: "High five", sq: "Pesëshe", zh: "五位好友" },
  about: { en: "Five friends have qualified." },
  icon: "handshake",
  color: "#0f766e",
  rule: { kind: "friends", count: 5 },
};

export const exampleBadge: BadgeJson = {
  id: "bdg_06a1d1mz3q0000w5x7y9z1a3b5c7",
  name: { en: "High five", sq: "Pesëshe", zh: "五位好友" },
  about: { en: "Five friends have qualified.", sq: "", zh: "" },
  icon: "handshake",
  color: "#0f766e",
  rule: { kind: "friends", count: 5 },
  state: "active",
  customers: 38,
};

export const exampleLoyalty: LoyaltyJson = {
  tier: "Silver",
  tierProgress: {
    tierId: exampleLadder.tiers[0]!.id,
    metric: "referrals",
    value: "8",
    nextTier: { id: exampleLadder.tiers[1]!.id, name: "Gold", threshold: "10", remaining: "2" },
    keepUntil: "2027-06-01T09:12:44.000Z",
    graceUntil: "2027-07-01T09:12:44.000Z",
    inGrace: false,
    remainingToKeep: "0",
  },
  badges: ["High five"],
  badgeAwards: [{ id: exampleBadge.id, name: "High five", awardedAt: "2026-10-02T15:20:00.000Z" }],
};
