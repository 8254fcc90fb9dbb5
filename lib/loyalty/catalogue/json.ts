import { z } from "zod";
import { jsonAmount, jsonCurrency, jsonTime, timeOrNull } from "@/lib/core/json";
import { assetCode } from "@/lib/core/money";
import { customerRef } from "@/lib/customers/json";
import { benefitAsset } from "@/lib/terms/rules/worth";
import { benefitSchema } from "@/lib/terms/schema";
import { REWARD_STATES } from "@/lib/rewards/schema";
import type { Item, OfferedItem } from "./queries/offers";
import type { RedemptionRow } from "./queries/redemptions";
import { REFUSAL_CODES } from "./rules";
import { ITEM_ICONS, ITEM_STATES, type ItemIcon, REDEMPTION_STATES } from "./schema/item";

const words = z.object({ en: z.string(), sq: z.string(), zh: z.string() }).meta({
  description: "By language; an empty text falls back to English.",
});

export const itemJsonSchema = z
  .object({
    id: z.string().meta({ example: "itm_06…" }),
    name: words,
    about: words,
    icon: z.enum(ITEM_ICONS),
    color: z.string(),
    points: z.int().meta({ description: "The price in points." }),
    benefit: benefitSchema,
    amount: jsonAmount
      .nullable()
      .meta({ description: "The amount of the benefit, if it has one." }),
    currency: jsonCurrency.nullable(),
    validDays: z.int().nullable(),
    stock: z
      .int()
      .nullable()
      .meta({ description: "Stock, redeemed items included; null for no limit." }),
    redeemed: z.int().meta({ description: "How many customers have redeemed." }),
    left: z
      .int()
      .nullable()
      .meta({ description: "How many are left, by stock and by codes in the pool." }),
    perPerson: z.int().nullable(),
    tier: z.string().nullable().meta({ description: "Id of the lowest tier that may redeem it." }),
    state: z.enum(ITEM_STATES),
    position: z.int(),
    createdAt: jsonTime,
    updatedAt: jsonTime,
    customer: z
      .object({
        had: z.int().meta({ description: "How many they have redeemed." }),
        refusal: z
          .object({
            code: z.enum(REFUSAL_CODES),
            message: z.string(),
            missingPoints: z.int().nullable(),
          })
          .nullable()
          .meta({ description: "Why they cannot redeem it now; null if they can." }),
      })
      .nullable()
      .meta({ description: "For the customer named in the request." }),
  })
  .meta({ id: "CatalogueItem" });
export type ItemJson = z.infer<typeof itemJsonSchema>;

export const redemptionJsonSchema = z
  .object({
    id: z.string().meta({ example: "rdm_06…" }),
    item: z.string(),
    itemName: words,
    customer: z.string().meta({ description: "Your customer id, or ours if you sent none." }),
    points: z.int().meta({ description: "Points spent." }),
    state: z.enum(REDEMPTION_STATES),
    requestKey: z.string(),
    program: z.string().meta({ description: "The program that granted it." }),
    reward: z.string().meta({ description: "The reward it granted; read it for the receipt." }),
    rewardState: z.enum(REWARD_STATES),
    coupon: z.string().nullable().meta({ description: "The code, if the item is a coupon." }),
    at: jsonTime,
    cancelledAt: jsonTime.nullable(),
    cancelledBy: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: "Redemption" });
export type RedemptionJson = z.infer<typeof redemptionJsonSchema>;

/** @param item with what stands between it and a customer, where one was named */
export function itemToJson(
  item: Item & Partial<Pick<OfferedItem, "refusal" | "had">>,
  currency: string,
): ItemJson {
  const { benefit, calculator, validDays } = item.worth;
  const amount = calculator.kind === "fixed" ? calculator.amount : null;
  const { refusal, had } = item;
  return {
    id: item.id,
    name: item.name,
    about: item.about,
    icon: item.icon as ItemIcon,
    color: item.color,
    points: Number(item.pricePoints),
    benefit,
    amount,
    currency: amount === null ? null : assetCode(benefitAsset(benefit, currency)),
    validDays,
    stock: item.stock,
    redeemed: item.redeemed,
    left: item.left,
    perPerson: item.perPerson,
    tier: item.tierId,
    state: item.state as ItemJson["state"],
    position: item.position,
    createdAt: item.createdAt.toISOString(),
    updatedAt: item.updatedAt.toISOString(),
    customer:
      had === undefined
        ? null
        : {
            had,
            refusal: refusal
              ? {
                  code: refusal.code,
                  message: refusal.message,
                  missingPoints: refusal.missing === undefined ? null : Number(refusal.missing),
                }
              : null,
          },
  };
}

export function redemptionToJson(row: RedemptionRow): RedemptionJson {
  return {
    id: row.id,
    item: row.itemId,
    itemName: row.itemName,
    customer: customerRef({ id: row.customerId, externalId: row.customerExternalId }),
    points: Number(row.points),
    state: row.state,
    requestKey: row.requestKey,
    program: row.programId,
    reward: row.rewardId,
    rewardState: row.rewardState,
    coupon: row.couponCode,
    at: row.at.toISOString(),
    cancelledAt: timeOrNull(row.cancelledAt),
    cancelledBy: row.cancelledBy,
    reason: row.reason,
  };
}
