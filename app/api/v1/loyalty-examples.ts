import type { z } from "zod";
import type { ItemJson, RedemptionJson } from "@/lib/loyalty/catalogue/json";
import { DEFAULT_COLOR, type itemSchema } from "@/lib/loyalty/catalogue/schema/item";
import { exampleProgram } from "./examples";

/** What Ana of the other examples buys with her points. Checked against the schemas by a test. */

const name = {
  en: "5 off your next order",
  sq: "5 zbritje në porosinë tjetër",
  zh: "下一单立减 5",
};
const about = {
  en: "A code for one order.",
  sq: "Një kod për një porosi.",
  zh: "限用一单的优惠码。",
};

export const exampleItemInput: z.input<typeof itemSchema> = {
  name,
  about,
  icon: "ticket",
  points: 500,
  benefit: { kind: "amount_off" },
  calculator: { kind: "fixed", amount: "5" },
  validDays: 90,
  stock: 200,
  perPerson: 2,
};

export const exampleItem: ItemJson = {
  id: "itm_06a1cz5v2m0000b7n2k5x8r1t4wd",
  name,
  about,
  icon: "ticket",
  color: DEFAULT_COLOR,
  points: 500,
  benefit: { kind: "amount_off" },
  amount: "5",
  currency: "USD",
  validDays: 90,
  stock: 200,
  redeemed: 37,
  left: 163,
  perPerson: 2,
  tier: null,
  state: "active",
  position: 1,
  createdAt: "2026-11-21T09:10:00.000Z",
  updatedAt: "2026-11-21T09:10:00.000Z",
  customer: {
    had: 0,
    refusal: { code: "not_enough_points", message: "120 points are missing.", missingPoints: 120 },
  },
};

export const exampleRedemption: RedemptionJson = {
  id: "rdm_06a1gm4p7q0000z2x5c8v1b4n7mk",
  item: exampleItem.id,
  itemName: name,
  customer: "c-1001",
  points: 500,
  state: "done",
  requestKey: "basket-7781",
  program: exampleProgram.id,
  reward: "rwd_06a1gm4p7r0000k3j6h9g2f5d8sa",
  rewardState: "issued",
  coupon: "GW-7K2Q-M4XP",
  at: "2026-12-01T18:20:00.000Z",
  cancelledAt: null,
  cancelledBy: null,
  reason: null,
};
